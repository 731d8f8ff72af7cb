using Paddock.Core.Audit;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;
using Paddock.Gateway.Containments;

namespace Paddock.Gateway.Guard;

/// <summary>Decides tool calls, wherever they are found: by the containments of the moment, then by the policies of a release.</summary>
internal sealed class ToolDecisionPoint(ContainmentCheck containments, ToolApprovals approvals, ToolEntries entries, Obligations obligations, DecisionRecord record)
{
    public Judgement Judge(ICallOrigin origin, ReadCall read)
    {
        if (Stopped(origin, read.Call) is { } stopped)
        {
            return stopped;
        }

        var policies = origin.Snapshot.Policies;
        if (read.Arguments.IsOdd && read.Subject.Line is null && policies.Enforces)
        {
            return NotEvaluated(origin, read.Call, "Its arguments are not as its tool takes them");
        }

        return Decide(origin, read, read.JudgeBy(policies));
    }

    /// <summary>Decides calls that nobody will see, by the strictest that is said of what they may be.</summary>
    /// <param name="reads">What they may be; at least one.</param>
    /// <returns>Also whether people are asked, rather than whoever calls.</returns>
    public (Judgement Judgement, bool AsksPeople) JudgeUnseen(ICallOrigin origin, IReadOnlyList<ReadCall> reads)
    {
        if (reads.Select(read => Stopped(origin, read.Call)).FirstOrDefault(static stopped => stopped is not null) is { } contained)
        {
            return (contained, false);
        }

        var (read, verdict) = reads.Select(read => (read, Verdict: read.JudgeBy(origin.Snapshot.Policies))).MaxBy(static judged => Strictness(judged.Verdict));
        return (Decide(origin, read, verdict), verdict.Effect is Effect.RequireApproval);
    }

    /// <summary>What becomes of a call that is contained at this moment, whatever was decided on it before; null when it is not.</summary>
    public Judgement? Stopped(ICallOrigin origin, ToolCall call)
    {
        if (containments.OfTool(origin, call.Name, call.Shape.Mcp) is not { } containment)
        {
            return null;
        }

        var decision = DecisionRecord.NextId(origin);
        record.Contained(origin, call, decision, containment);
        return new Judgement.Refused(decision, RefusalWords.Contained(containment, decision)) { Release = origin.Snapshot.Digest };
    }

    /// <summary>Records a call that was allowed before it was whole; its end may pass once that is recorded.</summary>
    public Judgement Note(ICallOrigin origin, ReadCall read)
    {
        var (verdict, decision) = (read.JudgeBy(origin.Snapshot.Policies), DecisionRecord.NextId(origin));
        record.Decided(origin, read, decision, verdict, DecisionOutcome.Released);
        obligations.CarryOut(origin, read, verdict.Effect, decision, Obligations.Of(origin, read, verdict));
        return OnceIntended(origin, read, new Judgement.Allowed(decision) { Rule = RuleOf(origin, verdict), Release = origin.Snapshot.Digest });
    }

    /// <summary>
    /// The decision by which the same call was let go in another process, or before a restart. It is looked for only where it matters: a
    /// call that the rules allow anyway is allowed again.
    /// </summary>
    public async Task<Judgement?> ReleasedAsync(ICallOrigin origin, ReadCall read, CancellationToken cancellationToken) =>
        read.JudgeBy(origin.Snapshot.Policies).Effect is not Effect.Allow && await record.ReleasedAsync(origin, read, cancellationToken) is { } released
            ? new Judgement.Allowed(released.Id, released.Outcome) { Release = ReleaseDigest.Parse(released.ReleaseDigest) }
            : null;

    /// <summary>What becomes of a call that cannot be judged.</summary>
    /// <param name="because">A sentence of ours, never of the call's.</param>
    public Judgement NotEvaluated(ICallOrigin origin, ToolCall call, string because)
    {
        var decision = DecisionRecord.NextId(origin);
        record.NotEvaluated(origin, call, decision, because);
        return new Judgement.Refused(decision, RefusalWords.NotEvaluated(because, decision)) { Release = origin.Snapshot.Digest };
    }

    private Judgement Decide(ICallOrigin origin, ReadCall read, in PolicyVerdict verdict)
    {
        var policies = origin.Snapshot.Policies;
        var obliging = Obligations.Of(origin, read, verdict);
        if (Obligations.Forbid(origin, obliging, verdict.Effect))
        {
            return NotEvaluated(origin, read.Call, Obligations.NotOurs);
        }

        var rule = RuleOf(origin, verdict);
        var decision = DecisionRecord.NextId(origin);
        Judgement judgement = verdict.Effect switch
        {
            Effect.Allow => new Judgement.Allowed(decision),
            Effect.RequireApproval => approvals.Ask(origin, read, rule, decision),
            _ when verdict.Soft => approvals.AskToOverride(origin, read, rule, decision),
            _ => new Judgement.Refused(decision, RefusalWords.Denied(rule?.Rule, decision)) { IsByRule = true },
        };
        judgement = judgement with { Rule = rule, Warning = verdict.Warning < 0 ? null : policies.Rules[verdict.Warning], Release = origin.Snapshot.Digest };
        var recorded = record.Decided(origin, read, decision, verdict, judgement.Becomes);
        obligations.CarryOut(origin, read, verdict.Effect, decision, obliging);
        return judgement switch
        {
            Judgement.Waits waits => waits with { Outcome = EndAsync(origin, read, waits.Outcome) },
            Judgement.Allowed when !recorded && read.Call.Shape.Mutating && policies.Enforces => NotEvaluated(origin, read.Call, "It cannot be recorded now; try again later"),
            Judgement.Allowed allowed => OnceIntended(origin, read, allowed),
            _ => judgement,
        };
    }

    /// <summary>What changes something is let go once the audit log has it.</summary>
    private Judgement OnceIntended(ICallOrigin origin, ReadCall read, Judgement.Allowed allowed) => read.Call.Shape.Mutating
        ? new Judgement.Waits(allowed.Decision, IntendAsync(origin, read, allowed)) { Rule = allowed.Rule, Warning = allowed.Warning, Release = allowed.Release }
        : allowed;

    private async Task<Judgement> IntendAsync(ICallOrigin origin, ReadCall read, Judgement.Allowed allowed)
    {
        try
        {
            await entries.IntendAsync(origin, read, allowed.Decision, allowed.Rule);
            return allowed;
        }
        catch (AuditUnavailableException)
        {
            record.Ended(origin, read, allowed.Decision, DecisionOutcome.Refused);
            return new Judgement.Refused(allowed.Decision, RefusalWords.NotRecorded(allowed.Decision)) { Rule = allowed.Rule, Warning = allowed.Warning, Release = allowed.Release };
        }
    }

    private static BoundRule? RuleOf(ICallOrigin origin, in PolicyVerdict verdict) => verdict.Rule < 0 ? null : origin.Snapshot.Policies.Rules[verdict.Rule];

    private async Task<Judgement> EndAsync(ICallOrigin origin, ReadCall read, Task<Judgement> outcome)
    {
        var judgement = await outcome;
        record.Ended(origin, read, judgement.Decision, judgement.Becomes);
        return judgement;
    }

    private static int Strictness(PolicyVerdict verdict) => verdict switch
    {
        { Effect: Effect.Allow } => 0,
        { Effect: Effect.Deny, Soft: true } => 1,
        { Effect: Effect.RequireApproval } => 2,
        _ => 3,
    };
}
