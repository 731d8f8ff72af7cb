using Paddock.Core.Policies;

namespace Paddock.Gateway.Guard;

/// <summary>Decides tool calls by the policies of a release, wherever the calls are found.</summary>
internal sealed class ToolDecisionPoint(ToolApprovals approvals, DecisionRecord record)
{
    public Judgement Judge(ICallOrigin origin, ToolCall call)
    {
        var policies = origin.Snapshot.Policies;
        var read = ToolSubjects.Read(origin, call);
        if (read.Arguments.IsOdd && read.Subject.Line is null && policies.Enforces)
        {
            return NotEvaluated(origin, call, "Its arguments are not as its tool takes them");
        }

        var verdict = new PolicyVerdict();
        policies.Judge(read.Subject, ref verdict);
        var rule = verdict.Rule < 0 ? null : policies.Rules[verdict.Rule];
        var decision = record.Decided(origin, call, verdict, rule);
        return verdict.Effect switch
        {
            Effect.Allow => new Judgement.Allowed(decision),
            Effect.RequireApproval => approvals.Ask(origin, read, rule, decision),
            _ when verdict.Soft => approvals.AskToOverride(origin, read, rule, decision),
            _ => new Judgement.Refused(decision, RefusalWords.Denied(rule?.Rule, decision)),
        };
    }

    /// <summary>What becomes of a call that cannot be judged.</summary>
    /// <param name="because">A sentence of ours, never of the call's.</param>
    public Judgement NotEvaluated(ICallOrigin origin, ToolCall call, string because)
    {
        var decision = record.NotEvaluated(origin, call);
        return new Judgement.Refused(decision, RefusalWords.NotEvaluated(because, decision));
    }
}
