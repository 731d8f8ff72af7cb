using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;
using Paddock.Core.Containments;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Record;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>Gives decisions their ids, counts them, tells of those that were no plain yes, and hands them to the record.</summary>
internal sealed class DecisionRecord(IDecisions decisions, ToolEntries entries, LiveTasks tasks, RecentCalls recent, Fingerprints fingerprints, GatewayMetrics metrics, TimeProvider time, ILogger<DecisionRecord> logger)
{
    public static string NextId(ICallOrigin origin) => string.Create(CultureInfo.InvariantCulture, $"dec_{origin.Id.Value:N}_{origin.NextDecision()}");

    /// <summary>Records what was decided.</summary>
    /// <param name="outcome">What becomes of the call now.</param>
    /// <returns>False when there is no room for it: a call that changes something must not be let go then.</returns>
    public bool Decided(ICallOrigin origin, ReadCall read, string id, in PolicyVerdict verdict, DecisionOutcome outcome)
    {
        var (call, policies) = (read.Call, origin.Snapshot.Policies);
        var (rule, audit) = (RuleOf(policies, verdict.Rule), read.AuditBy(policies));
        metrics.ToolDecided(verdict.Effect, verdict.Shadow.Effect, call.Shape.Class);
        entries.Decided(origin, read, id, verdict, rule, audit);
        if (verdict.Effect is not Effect.Allow)
        {
            Log.ToolCallNotAllowed(logger, id, verdict.Effect, call.Shape.Class, rule?.Name ?? "the release's defaults", origin.Id.ToString());
        }

        var decision = Common(origin, call, id, outcome) with
        {
            Digest = DigestOf(ToolSubjects.SubjectOf(origin, read)),
            Effect = verdict.Effect,
            Soft = verdict.Soft,
            Rule = rule?.Name,
            Enforcement = rule?.Binding.Enforcement,
            ShadowEffect = verdict.Shadow.Effect,
            ShadowRule = RuleOf(policies, verdict.Shadow.Rule)?.Name,
            Warning = RuleOf(policies, verdict.Warning)?.Name,
            Errors = verdict.Errors,
            Opaque = verdict.Opaque,
            Inputs = InputKeeper.Keep(read.Subject),
            Step = StepOf(read),
        };
        recent.Decided(origin, call.Id, id, outcome, audit);
        if (outcome.IsLetGo())
        {
            tasks.Take(origin, new(id, decision.At, decision.Step));
        }

        return decisions.TryAppend(decision);
    }

    /// <summary>Records that a call could not be judged, and so is refused.</summary>
    /// <param name="because">A sentence of ours, never of the call's.</param>
    public void NotEvaluated(ICallOrigin origin, ToolCall call, string id, string because)
    {
        metrics.ToolNotEvaluated(call.Shape.Class);
        Log.ToolCallNotEvaluated(logger, id, call.Shape.Class, origin.Id.ToString());
        recent.Decided(origin, call.Id, id, DecisionOutcome.Refused);
        entries.NotEvaluated(origin, call, id);
        decisions.TryAppend(Common(origin, call, id, DecisionOutcome.Refused) with { NotEvaluated = because });
    }

    /// <summary>Records that an operator has stopped a call, whatever the rules say.</summary>
    public void Contained(ICallOrigin origin, ToolCall call, string id, Containment containment)
    {
        recent.Decided(origin, call.Id, id, DecisionOutcome.Refused);
        entries.Contained(origin, call, id, containment);
        metrics.ToolContained(call.Shape.Class);
        Log.ToolCallContained(logger, id, call.Shape.Class, containment.Id.Value, origin.Id.ToString());
        decisions.TryAppend(Common(origin, call, id, DecisionOutcome.Refused) with { NotEvaluated = $"It was stopped by containment {containment.Id}" });
    }

    /// <summary>Records what became of a call that was held.</summary>
    public void Ended(ICallOrigin origin, ReadCall read, string id, DecisionOutcome outcome)
    {
        var now = time.GetUtcNow();
        recent.Decided(origin, read.Call.Id, id, outcome, read.AuditBy(origin.Snapshot.Policies));
        decisions.NoteOutcome(id, outcome, now);
        if (outcome.IsLetGo())
        {
            tasks.Take(origin, new(id, now, StepOf(read)));
        }
    }

    /// <returns>The decision that let exactly this call go within the last day; null when there is none.</returns>
    public async Task<StoredDecision?> ReleasedAsync(ICallOrigin origin, ReadCall read, CancellationToken cancellationToken)
    {
        if (origin.TaskId is not { } task || read.Call.Id is not { } id || DigestOf(ToolSubjects.SubjectOf(origin, read)) is not { } digest)
        {
            return null;
        }

        var found = await decisions.FindAsync(new DecisionKey(origin.Caller.Principal.Id.Value, task, null, id, digest), cancellationToken);
        return found?.Outcome.IsLetGo() is true && time.GetUtcNow() - found.At < DecisionBook.Kept ? found : null;
    }

    /// <summary>What a call does to its task. A tool of the provider that is only offered has done nothing, and nobody will hear whether it does.</summary>
    private static TaskStep StepOf(ReadCall read) => read.Unseen == Core.Policies.Facts.FactMask.None ? TaskSteps.Of(read.Subject, read.Call.Shape) : TaskStep.None;

    private StoredDecision Common(ICallOrigin origin, ToolCall call, string id, DecisionOutcome outcome)
    {
        var (principal, task, now) = (origin.Caller.Principal, origin.Task, time.GetUtcNow());
        return new()
        {
            Id = id,
            At = now,
            Call = origin.Id,
            ToolCall = call.Id,
            Principal = principal.Id.Value,
            Key = origin.Caller.Key.Id.Value,
            Teams = [.. principal.Teams],
            Agent = task.Agent,
            Task = origin.TaskId,
            NativeTask = task.NativeTask,
            Mode = task.Mode,
            Repository = task.Repository,
            Tool = call.Name,
            Class = call.Shape.Class,
            Mutating = call.Shape.Mutating,
            Effect = Effect.Deny,
            ShadowEffect = Effect.Deny,
            ReleaseDigest = origin.Snapshot.Digest.Value,
            Outcome = outcome,
            OutcomeAt = now,
        };
    }

    /// <summary>Keyed, so that nobody who reads the database can try out what was called.</summary>
    private string? DigestOf(ApprovalSubject? subject) => subject is null ? null : fingerprints.Once(Encoding.ASCII.GetBytes(subject.Digest.Value));

    private static BoundRule? RuleOf(PolicySet policies, int rule) => rule < 0 ? null : policies.Rules[rule];
}
