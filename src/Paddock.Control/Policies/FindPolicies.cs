using Paddock.Control.Releases;
using Paddock.Core.Policies;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Policies;

/// <summary>The rules of one release.</summary>
public sealed record FoundPolicies(ReleaseDigest Digest, PolicySet Policies);

/// <summary>Finds the rules of a release, whether it is in force or only imported.</summary>
public sealed class FindPolicies(ISnapshots snapshots, IReleaseStore store)
{
    /// <param name="release">Its digest, the beginning of it, or <c>active</c>.</param>
    /// <returns>Null when there is no such release, or several begin so.</returns>
    public async Task<FoundPolicies?> FindAsync(string release, CancellationToken cancellationToken)
    {
        if (release == "active")
        {
            return new(snapshots.Current.Digest, snapshots.Current.Policies);
        }

        return await FindRelease.InAsync(store, release, cancellationToken) is { } digest
            && await store.FindAsync(digest, cancellationToken) is { } stored
            && ReleaseLoader.Load(stored.Files) is LoadOutcome.Loaded { Content: var content }
            ? new(digest, SnapshotBuilder.Build(content).Policies)
            : null;
    }
}
