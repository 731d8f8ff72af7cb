using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Metrics;
using Paddock.Core.Metrics;

namespace Paddock.Diagnostics;

/// <summary>
/// The five numbers as gauges, of all and cut by each dimension but the person. Read in the background: a scrape sees what was read last,
/// and after some minutes without a reading nothing. What <see cref="ShowMetrics"/> withholds is withheld here too.
/// </summary>
internal sealed class TaskMetrics : BackgroundService
{
    public const string Name = "Paddock.Tasks";

    /// <summary>Groups of a dimension that are told of, those with most ended tasks: a label's values must stay few.</summary>
    private const int MostGroups = 50;

    private static readonly TimeSpan period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan keptFor = TimeSpan.FromMinutes(5);
    private static readonly string[] windows = ["24h", "7d"];
    private static readonly Actor self = Actor.Installation("system:metrics");

    private readonly ShowMetrics show;
    private readonly TimeProvider time;
    private readonly ILogger<TaskMetrics> logger;
    private volatile Reading? last;

    public TaskMetrics(IMeterFactory factory, ShowMetrics show, TimeProvider time, ILogger<TaskMetrics> logger)
    {
        (this.show, this.time, this.logger) = (show, time, logger);
        var meter = factory.Create(Name);
        Add(meter, "success", ".ratio", "1", "{task}", "Tasks that succeeded, of those that ended.", static of => of.TaskSuccess.Value, static of => of.TaskSuccess.N);
        Add(meter, "accepted", ".ratio", "1", "{task}", "Tasks that somebody or something else than the agent accepted, of those that ended.", static of => of.TaskAccepted.Value, static of => of.TaskAccepted.N);
        Add(meter, "rollback", ".ratio", "1", "{task}", "Tasks whose work was taken back, of those that had any.", static of => of.Rollback.Value, static of => of.Rollback.N);
        Add(meter, "errors", ".ratio", "1", "{result}", "Results of tool calls that failed, of those that were seen.", static of => of.Errors.Value, static of => of.Errors.N);
        Add(meter, "cost_per_success", "", "USD", "{task}", "All spend for one task that succeeded.", static of => of.CostPerSuccess.Value, static of => of.CostPerSuccess.N);
        meter.CreateObservableGauge(
            "paddock.tasks.cycle", () => Measure(static of => of.CycleTime.P50.Value, KeyValuePair.Create<string, object?>("quantile", "0.5")).Concat(Measure(static of => of.CycleTime.P90.Value, KeyValuePair.Create<string, object?>("quantile", "0.9"))), "s",
            "From start to claimed completion, of tasks that succeeded.");
        meter.CreateObservableGauge("paddock.tasks.cycle.observations", () => Measure(static of => of.CycleTime.P50.N), "{task}", "How many tasks that is made of.");
    }

    /// <summary>Reads all anew.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var points = ImmutableArray.CreateBuilder<Point>();
            foreach (var window in windows)
            {
                for (var dimension = MetricDimension.All; dimension < MetricDimension.Person; dimension++)
                {
                    points.AddRange(await ReadAsync(window, dimension, cancellationToken));
                }
            }

            last = new(time.GetTimestamp(), points.ToImmutable());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.TaskMetricsNotRead(logger, fault.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that does not come to start would tell it as this service's fault.
        }
    }

    private async Task<IEnumerable<Point>> ReadAsync(string window, MetricDimension dimension, CancellationToken cancellationToken)
    {
        if (await show.RunAsync(self, new() { Window = window, By = dimension is MetricDimension.All ? null : dimension.Name() }, cancellationToken) is not Outcome<MetricsView>.Done { Value: var view })
        {
            return [];
        }

        var groups = dimension is MetricDimension.All ? [view.Total] : view.Groups.Where(static group => group.Metrics is not null).Take(MostGroups);
        return groups.Select(group => new Point([new("window", window), new("dimension", dimension.Name()), new("value", group.Name)], group.Metrics!)); // those without were passed over
    }

    private void Add(Meter meter, string name, string suffix, string unit, string counted, string description, Func<FiguresView, double?> value, Func<FiguresView, double> count)
    {
        meter.CreateObservableGauge($"paddock.tasks.{name}{suffix}", () => Measure(value), unit, description);
        meter.CreateObservableGauge($"paddock.tasks.{name}.observations", () => Measure(of => count(of)), counted, "How many that is made of.");
    }

    private IEnumerable<Measurement<double>> Measure(Func<FiguresView, double?> value, params KeyValuePair<string, object?>[] beside)
    {
        foreach (var point in last is { } reading && time.GetElapsedTime(reading.At) < keptFor ? reading.Points : [])
        {
            if (value(point.Figures) is { } measured)
            {
                yield return new(measured, [.. point.Tags, .. beside]);
            }
        }
    }

    private sealed record Reading(long At, ImmutableArray<Point> Points);

    private sealed record Point(KeyValuePair<string, object?>[] Tags, FiguresView Figures);
}
