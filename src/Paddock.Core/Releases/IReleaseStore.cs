using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Releases;

/// <summary>A release as the store keeps it: the files it was made of, by digest, never changed.</summary>
/// <param name="Origin">Who imported it: a principal id, <c>system:release-dir</c> or <c>system:environment</c>.</param>
public sealed record StoredRelease(ReleaseDigest Digest, ImmutableArray<SourceFile> Files, DateTimeOffset ImportedAt, string Origin);

/// <param name="ActivatedAt">Last activation; null when never.</param>
public sealed record ReleaseSummary(ReleaseDigest Digest, int Files, DateTimeOffset ImportedAt, string Origin, DateTimeOffset? ActivatedAt, bool Active);

/// <summary>A release was put in force.</summary>
/// <param name="IsReturn">It had been in force before: the one after it was taken back.</param>
public sealed record ReleaseActivation(ReleaseDigest Digest, DateTimeOffset At, bool IsReturn);

/// <summary>Remembers releases and which one is active; each change with its entry of the audit log in the same transaction.</summary>
public interface IReleaseStore
{
    /// <summary>Adds a release; nothing happens when its digest is there already.</summary>
    /// <param name="documents">How many are in its files.</param>
    Task ImportAsync(StoredRelease release, int documents, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Makes an imported release the active one and appends to the history. Throws <see cref="InvalidOperationException"/> when it was never imported.</summary>
    /// <param name="changes">What it binds otherwise than what holds now.</param>
    Task ActivateAsync(ReleaseDigest digest, ImmutableArray<EnforcementChange> changes, AuditActor by, DateTimeOffset at, CancellationToken cancellationToken);

    Task<StoredRelease?> ActiveAsync(CancellationToken cancellationToken);

    Task<StoredRelease?> FindAsync(ReleaseDigest digest, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<ReleaseSummary>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>What was put in force in a stretch of time, oldest first.</summary>
    /// <param name="until">Before which.</param>
    Task<ImmutableArray<ReleaseActivation>> ActivationsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}
