using Microsoft.Extensions.Logging;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Hosting;

/// <summary>Takes releases in: loaded whole or rejected whole, imported by digest, activated, and swapped into the live snapshot. The last good one serves on.</summary>
internal sealed class ReleaseActivation(IReleaseStore store, ISnapshots snapshots, TimeProvider time, ILogger<ReleaseActivation> logger)
{
    /// <summary>Loads, imports, activates and publishes.</summary>
    /// <param name="origin">Who did it, such as <c>system:release-dir</c>.</param>
    /// <returns>The faults when it was rejected; empty when it is live.</returns>
    public async Task<IReadOnlyList<ReleaseFault>> TakeAsync(IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile>? environment, string origin, CancellationToken cancellationToken)
    {
        var outcome = ReleaseLoader.Load(files, environment);
        if (outcome is LoadOutcome.Rejected rejected)
        {
            return rejected.Faults;
        }

        var content = ((LoadOutcome.Loaded)outcome).Content;

        var now = time.GetUtcNow();
        var active = await store.ActiveAsync(cancellationToken);
        if (active?.Digest != content.Digest)
        {
            await store.ImportAsync(new(content.Digest, content.Files, now, origin), cancellationToken);
            await store.ActivateAsync(content.Digest, origin, now, cancellationToken);
        }

        if (snapshots.Current.Digest != content.Digest)
        {
            snapshots.Publish(SnapshotBuilder.Build(content));
            Log.ReleaseActivated(logger, content.Digest.Short, origin, content.Documents.Length);
        }

        return [];
    }

    /// <summary>Publishes the stored active release; false when there is none, or this version cannot read it.</summary>
    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        if (await store.ActiveAsync(cancellationToken) is not { } active || ReleaseLoader.Load(active.Files) is not LoadOutcome.Loaded { Content: var content })
        {
            return false;
        }

        snapshots.Publish(SnapshotBuilder.Build(content));
        return true;
    }
}
