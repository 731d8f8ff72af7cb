using Paddock.Core.Ledger;
using Paddock.Core.Tools;

namespace Paddock.Core.Tasks;

/// <summary>Reads from a task's facts what moves it. The gateway's own come first: what an agent tells of model calls and claims counts only where none was seen.</summary>
internal sealed class TaskMoments(SortedFacts facts, bool claimsByTool)
{
    /// <summary>Finish reasons of answers that are cut off, refused by the model, or go on: none of them says that work is done.</summary>
    private static readonly HashSet<string> unfinished = new(StringComparer.Ordinal)
    {
        "length", "max_tokens", "max_output_tokens", "content_filter", "incomplete", "refusal", "tool_calls", "function_call", "tool_use", "pause_turn", "model_context_window_exceeded", "failed", "cancelled", "error",
    };

    private readonly List<TaskMoment> all = [];

    public IReadOnlyList<TaskMoment> InOrder()
    {
        facts.Turns.ForEach(Add);
        facts.Tools.ForEach(Add);
        facts.Events.ForEach(Add);
        facts.Verdicts.ForEach(one => all.Add(new(one.At, MomentKind.Verdict, one.Id) { Verdict = one }));
        all.Sort(TaskMoment.InOrder);
        return all;
    }

    private void Add(TurnFact turn)
    {
        all.Add(new(turn.At, MomentKind.Seen, turn.Id));
        if (!facts.IsWork(turn))
        {
            return;
        }

        all.Add(new(turn.At, MomentKind.Began, turn.Id));
        if (turn is not { EndedAt: { } ended, Outcome: { } outcome })
        {
            return;
        }

        if (outcome is not CallOutcome.Complete)
        {
            all.Add(new(ended, MomentKind.Fault, turn.Id) { Leads = LeadsTo(outcome, turn.ErrorClass), Reason = turn.ErrorClass ?? "lost" });
        }
        else if (!claimsByTool && !facts.HasTools(turn.Id) && !unfinished.Contains(turn.Finish ?? "") && !facts.HasOpenSubtask(ended))
        {
            all.Add(new(ended, MomentKind.Claimed, turn.Id));
        }
        else
        {
            all.Add(new(ended, MomentKind.Seen, turn.Id + " end"));
        }
    }

    private static AgentTaskState LeadsTo(CallOutcome outcome, string? errorClass) => outcome switch
    {
        CallOutcome.Aborted or CallOutcome.Cancelled => AgentTaskState.Cancelled,
        _ when errorClass?.Contains("timeout", StringComparison.Ordinal) is true => AgentTaskState.TimedOut,
        _ => AgentTaskState.Failed,
    };

    private void Add(ToolFact tool)
    {
        if (tool.AsksApproval)
        {
            all.Add(new(tool.At, MomentKind.Held, tool.Id));
            var settled = tool.Outcome is Policies.Decisions.DecisionOutcome.Held ? facts.GivenUpAt(tool) : tool.OutcomeAt;
            if (settled is { } at)
            {
                all.Add(new(at, MomentKind.Settled, tool.Id));
            }
        }

        if (facts.IsLetGo(tool))
        {
            AddReleased(tool);
        }

        if (tool is { Result: { End: not ToolEnd.Unknown } result, ResultAt: { } ended })
        {
            all.Add(new(ended, MomentKind.Result, tool.Id) { Flag = result.End is ToolEnd.Failure or ToolEnd.Timeout });
        }
    }

    private void AddReleased(ToolFact tool)
    {
        var (step, wentWell) = (tool.Step, tool.Result is null or { End: ToolEnd.Success or ToolEnd.Unknown });
        if (step.AsksPerson)
        {
            all.Add(new(tool.OutcomeAt, MomentKind.Asked, tool.Id));
        }

        if (step.ClaimsCompletion && wentWell)
        {
            all.Add(new(tool.OutcomeAt, MomentKind.Claimed, tool.Id));
            if (tool is { Result.End: ToolEnd.Success, ResultAt: { } objected })
            {
                all.Add(new(objected, MomentKind.Objected, tool.Id)); // the person's answer is the result; who is content gives none
            }
        }

        if (step.Reverts && tool is { Result.End: ToolEnd.Success, ResultAt: { } reverted })
        {
            all.Add(new(reverted, MomentKind.RevertedByCommand, tool.Id) { Flag = step.RevertsAll });
        }
        else if (!step.Reverts && (tool.Class is ToolClass.Edit || !step.Files.IsEmpty))
        {
            all.Add(new(tool.OutcomeAt, MomentKind.Worked, tool.Id));
        }
    }

    private void Add(EventFact one)
    {
        if (one.IsUntimed)
        {
            return;
        }

        var seen = facts.HasTurns;
        TaskMoment? moment = one.Signal.Kind switch
        {
            TaskSignalKind.Started => new(one.At, MomentKind.Started, one.Id),
            TaskSignalKind.Reopened => new(one.At, MomentKind.Reopened, one.Id) { Leads = AgentTaskState.Cancelled, Reason = "reopened" },
            TaskSignalKind.Turn when !seen => new(one.At, MomentKind.Began, one.Id) { Flag = !claimsByTool },
            TaskSignalKind.TurnFailed when !seen => new(one.At, MomentKind.Fault, one.Id) { Reason = "turn_failed" },
            TaskSignalKind.ToolEnded when facts.Counts(one) => new(one.At, MomentKind.Result, one.Id) { Flag = one.Signal.Result?.End is ToolEnd.Failure or ToolEnd.Timeout },
            TaskSignalKind.Asked => new(one.At, MomentKind.Asked, one.Id),
            TaskSignalKind.Answered => new(one.At, facts.TellsTurns ? MomentKind.Answered : MomentKind.Began, one.Id), // of the model call that follows nobody tells
            TaskSignalKind.Claimed when !seen => new(one.At, MomentKind.Claimed, one.Id),
            TaskSignalKind.Cancelled => new(one.At, MomentKind.Cancelled, one.Id) { Reason = "by_person" },
            TaskSignalKind.Stuck => new(one.At, MomentKind.Stuck, one.Id) { Reason = "mistakes" },
            TaskSignalKind.Restored => new(one.At, MomentKind.Restored, one.Id),
            _ when !seen => new(one.At, MomentKind.Seen, one.Id),
            _ => null,
        };
        if (moment is not null)
        {
            all.Add(moment);
        }

        if (!facts.TellsTurns && one.Signal.Kind is TaskSignalKind.ToolEnded)
        {
            all.Add(new(one.At, MomentKind.Answered, one.Id)); // if it was asked about, the person has said yes or no
        }
    }
}
