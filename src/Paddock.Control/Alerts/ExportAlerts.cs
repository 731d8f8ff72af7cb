using System.Text;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>Writes the alert rules in force as a rule file of Prometheus.</summary>
public sealed class ExportAlerts(ISnapshots snapshots)
{
    public Task<Outcome<Func<Stream, CancellationToken, Task>>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return Task.FromResult<Outcome<Func<Stream, CancellationToken, Task>>>(new Outcome<Func<Stream, CancellationToken, Task>>.Forbidden(ControlRoles.Viewer));
        }

        var snapshot = snapshots.Current;
        var text = Encoding.UTF8.GetBytes(PrometheusRules.Of(snapshot.AlertRules, snapshot.Slos, snapshot.Digest.Short));
        return Task.FromResult<Outcome<Func<Stream, CancellationToken, Task>>>(new Outcome<Func<Stream, CancellationToken, Task>>.Done((to, token) => to.WriteAsync(text, token).AsTask()));
    }
}
