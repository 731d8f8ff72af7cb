using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Control.Alerts.Judging;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>Looks whether a rule's condition is met, keeps alerts, and tells people. Of all processes one does.</summary>
public sealed class WatchAlerts
{
    private const int AtOnce = 1_000;

    private readonly ISignals signals;
    private readonly IAlerts alerts;
    private readonly ISnapshots snapshots;
    private readonly IIdentities identities;
    private readonly INotifications notifications;
    private readonly TimeProvider time;
    private readonly GaugeReadings gauges;
    private readonly ApprovalLinks links;
    private readonly ILogger<WatchAlerts> logger;
    private readonly ImmutableArray<IAlertJudge> judges;
    private readonly Queue<Notification> untold = new();

    internal WatchAlerts(ISignals signals, IAlerts alerts, ISnapshots snapshots, IIdentities identities, IEnumerable<IAlertJudge> judges, INotifications notifications, GaugeReadings gauges, ApprovalLinks links, TimeProvider time, ILogger<WatchAlerts> logger) =>
        (this.signals, this.alerts, this.snapshots, this.identities, this.judges, this.notifications, this.gauges, this.links, this.time, this.logger) = (signals, alerts, snapshots, identities, [.. judges], notifications, gauges, links, time, logger);

    /// <summary>Alerts that were open at the last look; empty where another process looks.</summary>
    public ImmutableArray<Alert> Open { get; private set; } = [];

    /// <summary>Whether this process is the one that looks, and has looked.</summary>
    public bool Looks { get; private set; }

    /// <summary>One look.</summary>
    /// <returns>False when another process looks: what <see cref="Open"/> says is nothing then.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        if (!await signals.CountAsync(cancellationToken))
        {
            (Open, Looks) = ([], false);
            gauges.Forget();
            return false;
        }

        var now = time.GetUtcNow();
        var rules = snapshots.Current.AlertRules.Where(static rule => rule.Enabled).ToList();
        var open = await OpenOnesAsync(cancellationToken);
        var look = new SignalLook(signals, now, open);
        var found = new List<AlertFinding>();
        foreach (var rule in rules)
        {
            found.AddRange(await JudgeAsync(rule, look, open, cancellationToken));
        }

        var silences = await alerts.SilencesAsync(now, cancellationToken);
        var step = AlertBook.Step(open, found, rules, silences, now, () => AlertId.OfAlert(now));
        await alerts.KeepAsync(step, AlertEntries.Of(step, open), cancellationToken);
        (Open, Looks) = (step.Open, true);
        await TellAsync(new AlertNotices(identities.Current, silences, links.Console).Of(step, now), cancellationToken);
        return true;
    }

    /// <summary>All of them: one that were overlooked would be raised a second time, which the database refuses.</summary>
    private async Task<ImmutableArray<Alert>> OpenOnesAsync(CancellationToken cancellationToken)
    {
        var all = ImmutableArray.CreateBuilder<Alert>();
        for (ImmutableArray<Alert>? page = null; page is null || page.Value.Length == AtOnce;)
        {
            page = await alerts.ListAsync(new() { Open = true, Before = all.Count == 0 ? null : all[^1].Id, Limit = AtOnce }, cancellationToken);
            all.AddRange(page.Value);
        }

        return all.ToImmutable();
    }

    /// <summary>What the database did not take is told with the next look.</summary>
    private async Task TellAsync(IEnumerable<Notification> notices, CancellationToken cancellationToken)
    {
        foreach (var notice in notices)
        {
            untold.Enqueue(notice);
        }

        while (untold.TryPeek(out var next))
        {
            await notifications.PostOnceAsync(next, AlertNotices.KeyOf(next), cancellationToken);
            untold.Dequeue();
        }
    }

    /// <summary>A rule that cannot be judged keeps its alerts as they are, and the others go on.</summary>
    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, ImmutableArray<Alert> open, CancellationToken cancellationToken)
    {
        try
        {
            var found = new List<AlertFinding>();
            foreach (var judge in judges)
            {
                found.AddRange(await judge.JudgeAsync(rule, look, cancellationToken));
            }

            return found;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.AlertRuleNotJudged(logger, rule.Name, fault.Message);
            return [.. open.Where(alert => alert.Rule == rule.Name).Select(static alert => new AlertFinding(alert.Rule, alert.Subject, alert.Severity, alert.Says, alert.Facts))];
        }
    }
}
