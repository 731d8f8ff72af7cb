using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>Lists alerts and the silences that stand.</summary>
public sealed class ListAlerts(IAlerts alerts, ISnapshots snapshots, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<AlertList>> RunAsync(Actor actor, AlertQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<AlertList>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 1_000)
        {
            return new Outcome<AlertList>.Invalid("limit", "A page has 1 to 1,000 alerts.");
        }

        var found = await alerts.ListAsync(query, cancellationToken);
        return new Outcome<AlertList>.Done(new([.. found.Select(one => AlertView.Of(one, snapshots.Current.AlertRules, identities.Current))], found.Length == query.Limit ? found[^1].Id : null));
    }

    public async Task<Outcome<SilenceList>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<SilenceList>.Done(new([.. (await alerts.SilencesAsync(time.GetUtcNow(), cancellationToken)).Select(one => SilenceView.Of(one, identities.Current))]))
        : new Outcome<SilenceList>.Forbidden(ControlRoles.Viewer);
}
