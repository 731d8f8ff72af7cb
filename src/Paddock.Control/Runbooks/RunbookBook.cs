using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Runbooks;

/// <summary>The runbooks in force, and whether each can be trusted.</summary>
internal sealed class RunbookBook(ISnapshots snapshots, IDrillBook drills, IDrills rehearsal, TimeProvider time)
{
    public async Task<IReadOnlyList<(Runbook Runbook, RunbookBadge Badge, DrillResult? Last)>> AllAsync(CancellationToken cancellationToken)
    {
        var last = (await drills.LastAsync(cancellationToken)).ToDictionary(static one => one.Runbook, StringComparer.Ordinal);
        return
        [
            .. from runbook in snapshots.Current.Runbooks
               let drill = last.GetValueOrDefault(runbook.Name)
               select (runbook, RunbookBadges.Of(runbook, drill, rehearsal.Version, time.GetUtcNow()), drill),
        ];
    }

    /// <returns>Null when the release in force has none of the name.</returns>
    public async Task<(Runbook Runbook, RunbookBadge Badge, DrillResult? Last)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = (await AllAsync(cancellationToken)).Where(one => one.Runbook.Name == name).ToList();
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Whether a runbook can be trusted now, whatever release is in force.</summary>
    public async Task<RunbookBadge> BadgeAsync(Runbook runbook, CancellationToken cancellationToken) =>
        RunbookBadges.Of(runbook, (await drills.LastAsync(cancellationToken)).FirstOrDefault(one => one.Runbook == runbook.Name), rehearsal.Version, time.GetUtcNow());

    /// <summary>What may be done unasked: nothing, unless the drill is verified.</summary>
    public static RunMode ModeOf(RunbookBadge badge, bool auto) => auto && badge is RunbookBadge.Verified ? RunMode.Auto : RunMode.Assisted;
}
