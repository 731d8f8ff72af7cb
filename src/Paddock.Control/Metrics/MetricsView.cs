using Paddock.Core.Metrics;

namespace Paddock.Control.Metrics;

/// <summary>The five numbers of one window.</summary>
/// <param name="From">The window's beginning: of an hour, or of a day (UTC).</param>
/// <param name="Until">Its end; the hour or day before it may still run.</param>
/// <param name="Window">Its name, when it was asked for by one.</param>
/// <param name="By">What the groups are cut by; null = there are none.</param>
/// <param name="Team">Whose numbers they are; null = of the whole installation.</param>
/// <param name="MinimumGroup">Groups of fewer people are not shown.</param>
/// <param name="Total">Of all groups together.</param>
/// <param name="Groups">Those with most ended tasks first.</param>
/// <param name="ConfigurationRollback">Activations of a release that had been in force before, of all activations: of the whole installation, whatever team is asked for.</param>
/// <param name="Series">Of the total, oldest first, one for each hour or day; null when it was not asked for.</param>
public sealed record MetricsView(
    DateTimeOffset From, DateTimeOffset Until, string? Window, string? By, string? Team, int MinimumGroup, GroupView Total, IReadOnlyList<GroupView> Groups, EstimateView ConfigurationRollback,
    IReadOnlyList<PointView>? Series);

/// <summary>One group.</summary>
/// <param name="Value">Empty where tasks say nothing of it; of the total, too.</param>
/// <param name="Name">What to call it: a person's name; what is empty in words; else the value.</param>
/// <param name="People">How many different people it is of; 32 = so many or more; null of the whole installation.</param>
/// <param name="Withheld">Why there are no numbers: <c>too_few_people</c>, or <c>would_tell_another</c>: together with the total they would tell those of a group of too few people. Null when there are.</param>
public sealed record GroupView(string Value, string Name, int? People, string? Withheld, FiguresView? Metrics)
{
    public const string TooFewPeople = "too_few_people", WouldTellAnother = "would_tell_another";
}

/// <summary>One hour or day.</summary>
public sealed record PointView(
    DateTimeOffset At, EstimateView TaskSuccess, EstimateView TaskAccepted, EstimateView Rollback, EstimateView Errors, EstimateView CycleTime, EstimateView CostPerSuccess, decimal SpendUsd, long Calls)
{
    internal static PointView Of(DateTimeOffset at, Tally tally)
    {
        var report = MetricReport.Of(tally);
        return new(
            at, EstimateView.Of(report.TaskSuccess), EstimateView.Of(report.TaskAccepted), EstimateView.Of(report.Rollback), EstimateView.Of(report.Errors), EstimateView.Of(report.CycleMedian),
            EstimateView.Of(report.CostPerSuccess), (tally[TaskCount.SpendNanoUsd] + tally[TaskCount.ReportedNanoUsd]) / 1_000_000_000m, tally[TaskCount.Calls]);
    }
}
