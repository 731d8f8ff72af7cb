using System.Globalization;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Testing.Fleet;

/// <summary>Plays one task on a clock of its own, step by step: each step leaves facts, and says what is true of it.</summary>
public sealed class TaskScript(FleetTask task, Random random, DateTimeOffset begin)
{
    private readonly DateTimeOffset begin = begin;
    private string turn = "";
    private int number;

    public FleetTask Task => task;

    public DateTimeOffset Now { get; private set; } = begin;

    public TaskScript Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>A model call that ends after some seconds.</summary>
    public TaskScript Turn(CallOutcome outcome = CallOutcome.Complete, string? error = null, string finish = "tool_calls", bool offersTools = true)
    {
        var (cost, unpriced) = (outcome is CallOutcome.Complete ? random.Next(1, 2_000_000) * 1000L : 0, random.Next(20) == 0);
        turn = new CallId(Id()).ToString();
        var from = Now;
        Wait(TimeSpan.FromSeconds(random.Next(2, 90)));
        task.Facts.Add(new TurnFact(turn, from)
        {
            Teams = task.Place.Teams,
            ParentTask = task.Parent,
            Mode = task.Place.Mode,
            Repository = task.Place.Repository,
            Release = task.Place.Release ?? "",
            Provider = task.Place.Provider,
            Model = task.Place.Model,
            OffersTools = offersTools,
            EndedAt = Now,
            Outcome = outcome,
            ErrorClass = error,
            Finish = outcome is CallOutcome.Complete ? finish : null,
            CostNanoUsd = unpriced ? 0 : cost,
            IsUnpriced = unpriced && outcome is CallOutcome.Complete,
            InputTokens = 100,
            OutputTokens = 10,
        });
        task.Truth.Calls++;
        task.Truth.CostNanoUsd += unpriced ? 0 : cost;
        task.Truth.Unpriced += unpriced && outcome is CallOutcome.Complete ? 1 : 0;
        return this;
    }

    /// <summary>The last turn's answer calls a tool. Its result is told when the next turn begins, a moment later.</summary>
    public TaskScript Tool(string tool, ToolClass cls, ToolResult? result, TaskStep? step = null, DecisionOutcome outcome = DecisionOutcome.Released, TimeSpan held = default)
    {
        var at = Now;
        Wait(held);
        var decidedAt = Now;
        Wait(TimeSpan.FromSeconds(random.Next(1, 20)));
        task.Facts.Add(new ToolFact(string.Create(CultureInfo.InvariantCulture, $"dec_{turn[5..]}_{++number}"), at)
        {
            Turn = turn,
            ToolCall = string.Create(CultureInfo.InvariantCulture, $"{turn[5..21]}_{number}"),
            Tool = tool,
            Class = cls,
            Outcome = outcome,
            OutcomeAt = decidedAt,
            AsksApproval = held > TimeSpan.Zero || outcome is DecisionOutcome.NotApproved or DecisionOutcome.Expired,
            Step = step ?? TaskStep.None,
            Result = result,
            ResultAt = result is null ? null : Now,
        });
        task.Truth.Waited += held;
        Count(task.Truth, cls, outcome, result);
        return this;
    }

    /// <summary>An agent that answers without calling a tool says by that it is done.</summary>
    public TaskScript Claim()
    {
        if (task.Place.Agent == "roo-code")
        {
            Turn().Tool("attempt_completion", ToolClass.Read, null, new() { ClaimsCompletion = true });
            Now = task.Facts.OfType<ToolFact>().Last().OutcomeAt;
        }
        else
        {
            Turn(finish: "stop");
        }

        (task.Truth.EverClaimed, task.Truth.Cycle, task.Truth.EndedAt) = (true, Now - begin, Now);
        return this;
    }

    public TaskScript Signal(TaskSignalKind kind)
    {
        task.Facts.Add(new EventFact(Id().ToString("N"), Now, new(kind), IsUntimed: false) { ParentTask = task.Parent, Mode = task.Place.Mode });
        return this;
    }

    public TaskScript Verdict(VerdictKind kind, SuccessSource source)
    {
        task.Facts.Add(new VerdictFact("ver_" + Id().ToString("N"), Now, kind, source));
        return this;
    }

    /// <summary>What is true in the end.</summary>
    /// <param name="endedAt">Null = when it was last said to be done.</param>
    public FleetTask Ends(AgentTaskState state, SuccessSource? source = null, DateTimeOffset? endedAt = null, bool takenBack = false)
    {
        var truth = task.Truth;
        (truth.State, truth.Source, truth.TakenBack) = (state, source, takenBack);
        truth.EndedAt = endedAt ?? truth.EndedAt;
        return task;
    }

    /// <summary>What one tool call comes to.</summary>
    public static void Count(FleetTruth truth, ToolClass cls, DecisionOutcome outcome, ToolResult? result)
    {
        switch (result)
        {
            case null when outcome.IsLetGo():
                break;
            case var _ when !outcome.IsLetGo():
            case { End: ToolEnd.Denied }:
                truth.Denied++;
                break;
            case { } seen:
                truth.Results++;
                truth.TimedOut += seen.End is ToolEnd.Timeout ? 1 : 0;
                truth.NonZero += seen is { End: ToolEnd.Failure, ExitCode: > 0 } ? 1 : 0;
                truth.ToolFailed += seen is { End: ToolEnd.Failure, ExitCode: null } ? 1 : 0;
                break;
        }
    }

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[CallId.RandomBytes];
        random.NextBytes(bytes);
        return CallId.Create(Now, bytes).Value;
    }
}
