using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Releases;

/// <summary>What the audit log says of releases: digests and counts. What the documents say is in the release itself, which the digest proves.</summary>
public static class ReleaseEntries
{
    /// <param name="documents">How many are in its files.</param>
    public static AuditEvent Imported(StoredRelease release, int documents, AuditActor by) => new()
    {
        Act = AuditActs.ReleaseImported,
        Actor = by,
        Ref = release.Digest.Value,
        Facts = [AuditFact.Of("origin", release.Origin), AuditFact.Of("files", release.Files.Length), AuditFact.Of("documents", documents)],
    };

    /// <param name="before">The one that was active until now.</param>
    public static AuditEvent Activated(ReleaseDigest digest, ReleaseDigest? before, AuditActor by) => new()
    {
        Act = AuditActs.ReleaseActivated,
        Actor = by,
        Ref = digest.Value,
        Facts = before is { } old ? [AuditFact.Of("before", old.Value)] : [],
    };

    /// <summary>The levels are open, the names of bindings and whom they are for are not.</summary>
    /// <returns>Null when nothing is bound otherwise.</returns>
    public static AuditEvent? EnforcementChanged(ReleaseDigest digest, ImmutableArray<EnforcementChange> changes, AuditActor by) => changes.IsEmpty ? null : new()
    {
        Act = AuditActs.EnforcementChanged,
        Actor = by,
        Ref = digest.Value,
        Facts =
        [
            AuditFact.Of("count", changes.Length),
            AuditFact.Of("what", changes.Select(Open).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            AuditFact.Sealed("changes", string.Join('\n', changes)),
        ],
    };

    /// <summary>Nothing of it was taken.</summary>
    /// <param name="digest">Of what was offered.</param>
    /// <param name="why"><c>faults</c>, or <c>role</c> when whoever offered it may not put it in force.</param>
    /// <param name="count">How many faults, or how many bindings that may not be changed.</param>
    public static AuditEvent Rejected(ReleaseDigest digest, string why, int count, AuditActor by) => new()
    {
        Act = AuditActs.ReleaseRejected,
        Actor = by,
        Mutating = false,
        Ref = digest.Value,
        Facts = [AuditFact.Of("why", why), AuditFact.Of("count", count)],
    };

    private static string Open(EnforcementChange change) => change.Part is "policy" or "scope" ? change.Part : $"{change.Part}: {change.From} to {change.To}";
}
