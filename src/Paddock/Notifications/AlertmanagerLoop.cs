using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Control.Alerts;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Snapshot;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>Tells Alertmanagers what is open: what people would be told of, so neither what is silenced here nor what follows from another alert. Of all processes the one does that looks.</summary>
internal sealed class AlertmanagerLoop(AlertmanagerSettings settings, WatchAlerts watch, ISnapshots snapshots, IIdentities identities, ApprovalLinks links, TimeProvider time, ILogger<AlertmanagerLoop> logger) : BackgroundService
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    private readonly ImmutableArray<Alertmanager> managers = [.. settings.Addresses.Select(address => new Alertmanager(address, settings, links, time))];
    private readonly HashSet<Alertmanager> away = [];

    public override void Dispose()
    {
        foreach (var manager in managers)
        {
            manager.Dispose();
        }

        base.Dispose();
    }

    /// <param name="least">Of alerts none below.</param>
    internal static bool Tells(Alert alert, AlertSeverity least) => alert is { Silence: null, ToldAt: not null } && alert.Severity >= least;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Task.WhenAll(managers.Select(manager => TellAsync(manager, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that does not come to start would tell it as this service's fault.
        }
    }

    private async Task TellAsync(Alertmanager manager, CancellationToken cancellationToken)
    {
        if (!watch.Looks)
        {
            manager.Forget();
            return;
        }

        var (directory, rules) = (identities.Current, snapshots.Current.AlertRules);
        var outcome = await manager.SendAsync(
            [
                .. watch.Open.Where(alert => Tells(alert, settings.Least))
                    .Select(alert => (AlertNotices.Of(alert, directory), rules.FirstOrDefault(rule => rule.Name == alert.Rule)?.Owner)),
            ],
            cancellationToken);
        Note(manager, outcome);
    }

    /// <summary>Told in the log once, until it is there again.</summary>
    private void Note(Alertmanager manager, DeliveryOutcome? outcome)
    {
        lock (away)
        {
            if (outcome is DeliveryOutcome.Delivered)
            {
                away.Remove(manager);
            }
            else if (outcome is not null && away.Add(manager))
            {
                Log.AlertmanagerNotTold(logger, manager.Host, outcome is DeliveryOutcome.Refused refused ? refused.Said : ((DeliveryOutcome.TryAgain)outcome).Said);
            }
        }
    }
}
