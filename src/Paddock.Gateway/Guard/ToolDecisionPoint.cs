using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Gateway.Containments;

namespace Paddock.Gateway.Guard;

/// <summary>Decides tool calls, wherever they are found: by the containments of the moment, then by the policies of a release.</summary>
internal sealed class ToolDecisionPoint(ContainmentCheck containments, ToolApprovals approvals, DecisionRecord record)
{
    public Judgement Judge(ICallOrigin origin, ToolCall call)
    {
        if (containments.OfTool(origin, call.Name, call.Shape.Mcp) is { } containment)
        {
            var stopped = DecisionRecord.NextId(origin);
            record.Contained(origin, call, stopped, containment);
            return new Judgement.Refused(stopped, RefusalWords.Contained(containment, stopped));
        }

        var policies = origin.Snapshot.Policies;
        var read = ToolSubjects.Read(origin, call);
        if (read.Arguments.IsOdd && read.Subject.Line is null && policies.Enforces)
        {
            return NotEvaluated(origin, call, "Its arguments are not as its tool takes them");
        }

        var verdict = new PolicyVerdict();
        policies.Judge(read.Subject, ref verdict);
        var rule = verdict.Rule < 0 ? null : policies.Rules[verdict.Rule];
        var decision = DecisionRecord.NextId(origin);
        Judgement judgement = verdict.Effect switch
        {
            Effect.Allow => new Judgement.Allowed(decision),
            Effect.RequireApproval => approvals.Ask(origin, read, rule, decision),
            _ when verdict.Soft => approvals.AskToOverride(origin, read, rule, decision),
            _ => new Judgement.Refused(decision, RefusalWords.Denied(rule?.Rule, decision)),
        };
        var recorded = record.Decided(origin, read, decision, verdict, judgement.Becomes);
        return judgement switch
        {
            Judgement.Waits waits => waits with { Outcome = EndAsync(waits.Outcome) },
            Judgement.Allowed when !recorded && call.Shape.Mutating && policies.Enforces => NotEvaluated(origin, call, "It cannot be recorded now; try again later"),
            _ => judgement,
        };
    }

    /// <summary>Records a call that was let go before it was whole.</summary>
    public void Note(ICallOrigin origin, ToolCall call)
    {
        var read = ToolSubjects.Read(origin, call);
        var verdict = new PolicyVerdict();
        origin.Snapshot.Policies.Judge(read.Subject, ref verdict);
        record.Decided(origin, read, DecisionRecord.NextId(origin), verdict, DecisionOutcome.Released);
    }

    /// <summary>What becomes of a call that cannot be judged.</summary>
    /// <param name="because">A sentence of ours, never of the call's.</param>
    public Judgement NotEvaluated(ICallOrigin origin, ToolCall call, string because)
    {
        var decision = DecisionRecord.NextId(origin);
        record.NotEvaluated(origin, call, decision, because);
        return new Judgement.Refused(decision, RefusalWords.NotEvaluated(because, decision));
    }

    private async Task<Judgement> EndAsync(Task<Judgement> outcome)
    {
        var judgement = await outcome;
        record.Ended(judgement.Decision, judgement.Becomes);
        return judgement;
    }
}
