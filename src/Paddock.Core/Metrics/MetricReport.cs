namespace Paddock.Core.Metrics;

/// <summary>The five numbers, and what stands beside each. What they mean is in docs/metrics.md.</summary>
public sealed record MetricReport
{
    /// <summary>1: succeeded tasks of those that ended, but for cancelled ones.</summary>
    public required Estimate TaskSuccess { get; init; }

    /// <summary>The same, where somebody or something else than the agent says so.</summary>
    public required Estimate TaskAccepted { get; init; }

    /// <summary>The same, as it was when each ended: not restated by what followed.</summary>
    public required Estimate TaskSuccessAtFirst { get; init; }

    /// <summary>2: tasks whose work was taken back, of those that had any.</summary>
    public required Estimate Rollback { get; init; }

    /// <summary>3: results that failed, of all that were seen: the three below together.</summary>
    public required Estimate Errors { get; init; }

    public required Estimate ToolFailed { get; init; }

    public required Estimate CommandNonZero { get; init; }

    public required Estimate TimedOut { get; init; }

    /// <summary>4: median of the seconds from start to claimed completion, of tasks that succeeded.</summary>
    public required Estimate CycleMedian { get; init; }

    public required Estimate Cycle90 { get; init; }

    /// <summary>Of the same tasks, seconds in which they waited for people.</summary>
    public required Estimate WaitedMedian { get; init; }

    public required Estimate Waited90 { get; init; }

    /// <summary>5: all spend in USD for one succeeded task.</summary>
    public required Estimate CostPerSuccess { get; init; }

    /// <summary>Spend in USD of the tasks that succeeded alone, for each.</summary>
    public required double? DirectCost { get; init; }

    /// <summary>All it is made of.</summary>
    public required Tally Tally { get; init; }

    public static MetricReport Of(Tally tally)
    {
        var (ended, results, succeeded) = (tally.Ended, tally[TaskCount.Results], tally.Succeeded);
        var failed = tally[TaskCount.ToolFailed] + tally[TaskCount.CommandNonZero] + tally[TaskCount.TimedOutResults];
        return new()
        {
            TaskSuccess = Estimate.Share(succeeded, ended),
            TaskAccepted = Estimate.Share(tally.Accepted, ended),
            TaskSuccessAtFirst = Estimate.Share(tally[TaskCount.EverClaimed], ended),
            Rollback = Estimate.Share(tally[TaskCount.WorkTakenBack], tally[TaskCount.WithWork]),
            Errors = Estimate.Share(failed, results),
            ToolFailed = Estimate.Share(tally[TaskCount.ToolFailed], results),
            CommandNonZero = Estimate.Share(tally[TaskCount.CommandNonZero], results),
            TimedOut = Estimate.Share(tally[TaskCount.TimedOutResults], results),
            CycleMedian = Estimate.Quantile(tally.Cycle, 0.5),
            Cycle90 = Estimate.Quantile(tally.Cycle, 0.9),
            WaitedMedian = Estimate.Quantile(tally.Waited, 0.5),
            Waited90 = Estimate.Quantile(tally.Waited, 0.9),
            CostPerSuccess = Estimate.PerSuccess((tally[TaskCount.SpendNanoUsd] + tally[TaskCount.ReportedNanoUsd]) / 1e9, tally),
            DirectCost = succeeded > 0 ? tally[TaskCount.SucceededNanoUsd] / 1e9 / succeeded : null,
            Tally = tally,
        };
    }
}
