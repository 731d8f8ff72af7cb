using System.Collections.Immutable;

namespace Paddock.Core.Audit.Payloads;

/// <summary>What the audit log says of kept content: ids, never content; what somebody wrote is sealed.</summary>
public static class PayloadEntries
{
    /// <summary>Most targets of one entry, so that it stays within its length.</summary>
    public const int MostTargets = 500;

    /// <param name="targets">At most <see cref="MostTargets"/>. The entry is found by its only one.</param>
    public static AuditEvent Redacted(IReadOnlyList<PayloadId> targets, AuditActor by, string reason) => new()
    {
        Act = AuditActs.Redacted,
        Actor = by,
        Ref = targets.Count == 1 ? targets[0].Value : null,
        Facts = [AuditFact.Of("count", targets.Count), AuditFact.Of("targets", targets.Select(static one => one.Value)), AuditFact.Sealed("reason", reason)],
    };

    public static AuditEvent Shredded(DataKeyId key, AuditActor by, string reason) => new()
    {
        Act = AuditActs.Shredded,
        Actor = by,
        Ref = key.Value,
        Facts = [AuditFact.Of("cls", key.Class), AuditFact.Sealed("reason", reason)],
    };

    public static AuditEvent Read(PayloadInfo payload, AuditActor by, string reason) => new()
    {
        Act = AuditActs.ContentRead,
        Actor = by,
        Mutating = false,
        Ref = payload.Id.Value,
        Facts = [AuditFact.Of("cls", payload.Key.Class), AuditFact.Sealed("reason", reason)],
    };

    public static AuditEvent Held(LegalHold hold, AuditActor by) => new()
    {
        Act = AuditActs.Held,
        Actor = by,
        Ref = hold.Id.Value,
        Facts = [AuditFact.Of("on", hold.Scope.Kind.ToString().ToLowerInvariant()), .. Subject(hold.Scope), AuditFact.Sealed("reason", hold.Reason)],
    };

    public static AuditEvent HoldEnded(LegalHold hold, AuditActor by, string reason) => new()
    {
        Act = AuditActs.HoldEnded,
        Actor = by,
        Ref = hold.Id.Value,
        Facts = [AuditFact.Sealed("reason", reason)],
    };

    /// <summary>Ids of principals and names of classes are open, as elsewhere; a task may be named by its agent.</summary>
    private static ImmutableArray<AuditFact> Subject(HoldScope scope) => (scope.Kind, scope.Subject) switch
    {
        (HoldKind.Task, { } task) => [AuditFact.Sealed("subject", task)],
        (_, { } subject) => [AuditFact.Of("subject", subject)],
        _ => [],
    };
}
