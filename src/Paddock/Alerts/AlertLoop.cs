using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Control.Alerts;
using Paddock.Control.Incidents;
using Paddock.Core.Alerts;

namespace Paddock.Alerts;

/// <summary>Has conditions looked at again and again, and incidents after them, and tells Prometheus which alerts are open.</summary>
internal sealed class AlertLoop : BackgroundService
{
    public const string Name = "Paddock.Alerts";

    /// <summary>Short against the shortest window, five minutes.</summary>
    private static readonly TimeSpan period = TimeSpan.FromSeconds(15);

    private readonly WatchAlerts watch;
    private readonly WatchIncidents incidents;
    private readonly GaugeReadings gauges;
    private readonly TimeProvider time;
    private readonly ILogger<AlertLoop> logger;

    public AlertLoop(IMeterFactory factory, WatchAlerts watch, WatchIncidents incidents, GaugeReadings gauges, TimeProvider time, ILogger<AlertLoop> logger)
    {
        (this.watch, this.incidents, this.gauges, this.time, this.logger) = (watch, incidents, gauges, time, logger);
        var meter = factory.Create(Name);
        meter.CreateObservableGauge("paddock.alerts.open", Measure, "{alert}", "Alerts that are open, silenced ones too, at the process that looks.");
        meter.CreateObservableGauge("paddock.alerts.gauge", MeasureGauges, description: "What the gauges show that rules look at, by gauge and subject, at the process that looks.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that does not come to start would tell it as this service's fault.
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await watch.LookAsync(cancellationToken))
            {
                await incidents.LookAsync(watch.Open, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.AlertsNotLookedAt(logger, fault.Message);
        }
    }

    private IEnumerable<Measurement<int>> Measure() =>
        watch.Open.GroupBy(static alert => (alert.Rule, alert.Severity)).Select(static same => new Measurement<int>(same.Count(), new("rule", same.Key.Rule), new("severity", same.Key.Severity is AlertSeverity.Page ? "page" : "ticket")));

    private IEnumerable<Measurement<double>> MeasureGauges() =>
        gauges.Last.SelectMany(static one => one.Value.Select(value => new Measurement<double>(value.Value, new("gauge", one.Key.Name), new("subject", value.Subject))));
}
