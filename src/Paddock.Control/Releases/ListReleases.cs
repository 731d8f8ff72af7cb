using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <param name="Releases">Newest first.</param>
public sealed record ReleaseList(IReadOnlyList<ReleaseSummaryView> Releases);

/// <summary>Lists the releases that were imported, and which one is in force.</summary>
public sealed class ListReleases(IReleaseStore store)
{
    private const int Most = 200;

    public async Task<Outcome<ReleaseList>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<ReleaseList>.Done(new([.. (await store.ListAsync(Most, cancellationToken)).Select(ReleaseSummaryView.Of)]))
        : new Outcome<ReleaseList>.Forbidden(ControlRoles.Viewer);
}
