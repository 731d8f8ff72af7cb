using System.Collections.Immutable;
using Paddock.Core.Metrics;
using Paddock.Core.Tools;

namespace Paddock.Core.Tasks;

/// <summary>Puts a task into the tallies.</summary>
public static class TaskShares
{
    /// <summary>All its shares. A subtask is no task of its own for whoever counts tasks: its cost counts where its root task counts.</summary>
    /// <param name="root">Where its root task belongs; null when it is the root itself, or the root is not known.</param>
    /// <param name="isSubtask">Another task began it.</param>
    /// <param name="subtasksNanoUsd">Cost of all tasks below it.</param>
    public static ImmutableArray<TallyShare> Of(AgentTask task, MetricPlace? root, bool isSubtask, long subtasksNanoUsd)
    {
        var shares = new ShareBook();
        foreach (var share in task.Shares)
        {
            shares.Add(share.Hour, IsSpend(share.Tally) && root is not null ? root : share.Place, share.Tally);
        }

        if (isSubtask || task.EndedAt is not { } ended)
        {
            return shares.ToShares();
        }

        var end = new ShareBook();
        Ended(end.At(ended, task.Place), task, task.CostNanoUsd + subtasksNanoUsd);
        return [.. shares.ToShares(), .. end.ToShares().Select(static share => share with { IsEnd = true })];
    }

    /// <summary>Its shares of calls and results.</summary>
    internal static ImmutableArray<TallyShare> Running(SortedFacts facts, TaskPlaces places)
    {
        var (spend, results) = (new ShareBook(), new ShareBook());
        foreach (var turn in facts.Turns)
        {
            var tally = spend.At(turn.At, places.Whole);
            tally[TaskCount.Calls]++;
            tally[TaskCount.Unpriced] += turn.IsUnpriced ? 1 : 0;
            tally[TaskCount.SpendNanoUsd] += turn.CostNanoUsd;
            tally[TaskCount.InputTokens] += turn.InputTokens;
            tally[TaskCount.OutputTokens] += turn.OutputTokens;
        }

        foreach (var tool in facts.Tools)
        {
            if (tool.AsksApproval)
            {
                results.At(tool.At, places.Of(tool.Turn))[TaskCount.Approvals]++;
            }

            Count(results, places.Of(tool.Turn), tool.Class, tool.Result, tool.ResultAt, isRefused: facts.IsRefused(tool) ? tool.OutcomeAt : null);
        }

        foreach (var one in facts.Events)
        {
            Count(facts, spend, results, places, one);
        }

        return [.. spend.ToShares(), .. results.ToShares()];
    }

    private static void Count(SortedFacts facts, ShareBook spend, ShareBook results, TaskPlaces places, EventFact one)
    {
        if (facts.Counts(one))
        {
            Count(results, places.Whole, one.Signal.Class, one.Signal.Result, one.At, isRefused: null);
        }
        else if (one.Signal.Kind is TaskSignalKind.Turn && !facts.HasTurns)
        {
            var tally = spend.At(one.At, places.Whole);
            tally[TaskCount.Calls]++;
            tally[TaskCount.Unpriced] += one.Signal.CostNanoUsd is null ? 1 : 0;
            tally[TaskCount.ReportedNanoUsd] += one.Signal.CostNanoUsd ?? 0;
            tally[TaskCount.InputTokens] += one.Signal.InputTokens;
            tally[TaskCount.OutputTokens] += one.Signal.OutputTokens;
        }
    }

    /// <param name="isRefused">When Paddock refused it; null when it did not.</param>
    private static void Count(ShareBook results, MetricPlace place, ToolClass cls, ToolResult? result, DateTimeOffset? at, DateTimeOffset? isRefused)
    {
        if (isRefused is { } refused)
        {
            results.At(refused, place)[TaskCount.Denied]++;
        }
        else if (result is { End: ToolEnd.Denied })
        {
            results.At(at ?? default, place)[TaskCount.Denied]++;
        }
        else if (result is { End: not ToolEnd.Unknown } seen && at is { } time)
        {
            var tally = results.At(time, place);
            tally[TaskCount.Results]++;
            tally[TaskCount.CommandResults] += cls is ToolClass.Command ? 1 : 0;
            tally[TaskCount.TimedOutResults] += seen.End is ToolEnd.Timeout ? 1 : 0;
            var isNonZero = seen is { End: ToolEnd.Failure, ExitCode: not (null or 0) };
            tally[TaskCount.CommandNonZero] += isNonZero ? 1 : 0;
            tally[TaskCount.ToolFailed] += seen.End is ToolEnd.Failure && !isNonZero ? 1 : 0;
        }
    }

    private static void Ended(Tally tally, AgentTask task, long wholeNanoUsd)
    {
        tally[CountOf(task)]++;
        if (task.State is AgentTaskState.Cancelled)
        {
            return;
        }

        tally[TaskCount.EverClaimed] += task.EverClaimed ? 1 : 0;
        tally[TaskCount.WithWork] += task.EverClaimed || task.WasTakenBack ? 1 : 0;
        tally[TaskCount.WorkTakenBack] += task.WasTakenBack ? 1 : 0;
        tally[TaskCount.Restored] += task.WasRestored ? 1 : 0;
        tally[TaskCount.RevertedByCommand] += task.WasRevertedByCommand ? 1 : 0;
        tally[TaskCount.RevertedByScm] += task.WasRevertedByScm ? 1 : 0;
        tally[TaskCount.EndedNanoUsd] += wholeNanoUsd;
        var squares = Math.Pow(wholeNanoUsd / 1e9, 2);
        tally.EndedCostSquares += squares;
        if (task.State.IsSuccess())
        {
            tally[TaskCount.SucceededNanoUsd] += wholeNanoUsd;
            tally.SucceededCostSquares += squares;
            if (task.Cycle is { } cycle)
            {
                tally.Cycle[DurationBins.Of(cycle)] = 1;
                tally.Waited[DurationBins.Of(task.Waited)] = 1;
            }
        }
    }

    private static TaskCount CountOf(AgentTask task) => task.State switch
    {
        AgentTaskState.ClaimedComplete => TaskCount.Claimed,
        AgentTaskState.Accepted => task.Source switch { SuccessSource.Ci => TaskCount.AcceptedByCi, SuccessSource.Scm => TaskCount.AcceptedByScm, _ => TaskCount.AcceptedByUser },
        AgentTaskState.Failed => TaskCount.Failed,
        AgentTaskState.Cancelled => TaskCount.Cancelled,
        AgentTaskState.Abandoned => TaskCount.Abandoned,
        AgentTaskState.Stuck => TaskCount.Stuck,
        AgentTaskState.TimedOut => TaskCount.TimedOut,
        AgentTaskState.RolledBack => TaskCount.RolledBack,
        _ => throw new ArgumentOutOfRangeException(nameof(task), task.State, "The task has not ended."),
    };

    private static bool IsSpend(Tally tally) => tally[TaskCount.Calls] > 0;
}
