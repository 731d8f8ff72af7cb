using System.Text.Json.Serialization;
using Paddock.Core.Metrics;

namespace Paddock.Control.Metrics;

/// <summary>A value, what it is made of, and where the true one lies in 95 of 100 cases.</summary>
/// <param name="Value">Null when there is nothing to tell it from. Told however small n is: whoever shows it to people should not below 20.</param>
public sealed record EstimateView([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value, long N, double? Low, double? High)
{
    /// <summary>Whether it says more about agents than about chance.</summary>
    [JsonIgnore]
    public bool IsTelling => N >= Estimate.Telling;

    public static EstimateView Of(Estimate estimate) => new(estimate.Value, estimate.N, estimate.Low, estimate.High);
}

/// <summary>The five numbers of one group, and the counts they are made of. What they mean is in docs/metrics.md.</summary>
/// <param name="TaskSuccess">Tasks that succeeded, of those that ended; cancelled ones do not count.</param>
/// <param name="TaskAccepted">The same where somebody or something else than the agent says so.</param>
/// <param name="TaskSuccessAtFirst">The same as it was when each ended, not restated by what followed.</param>
/// <param name="Denied">Tool calls that never ran because somebody or some rule said no; no errors.</param>
/// <param name="Approvals">Tool calls that needed somebody's yes.</param>
public sealed record FiguresView(
    EstimateView TaskSuccess, EstimateView TaskAccepted, EstimateView TaskSuccessAtFirst, RollbackView Rollback, ErrorsView Errors, CycleView CycleTime, CostView CostPerSuccess, StatesView States,
    long Denied, long Approvals)
{
    public static FiguresView Of(Tally tally)
    {
        var report = MetricReport.Of(tally);
        return new(
            EstimateView.Of(report.TaskSuccess), EstimateView.Of(report.TaskAccepted), EstimateView.Of(report.TaskSuccessAtFirst), RollbackView.Of(report), ErrorsView.Of(report), CycleView.Of(report),
            CostView.Of(report), StatesView.Of(tally), tally[TaskCount.Denied], tally[TaskCount.Approvals]);
    }
}

/// <summary>Tasks whose work was taken back, of those that had any.</summary>
/// <param name="Restored">By a workspace checkpoint.</param>
/// <param name="RevertedByCommand">By a command of the agent.</param>
/// <param name="RevertedByScm">By what the source control says.</param>
public sealed record RollbackView([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value, long N, double? Low, double? High, long Restored, long RevertedByCommand, long RevertedByScm)
{
    internal static RollbackView Of(MetricReport report) => new(
        report.Rollback.Value, report.Rollback.N, report.Rollback.Low, report.Rollback.High,
        report.Tally[TaskCount.Restored], report.Tally[TaskCount.RevertedByCommand], report.Tally[TaskCount.RevertedByScm]);
}

/// <summary>Results of tool calls that failed, of all that were seen; the three kinds together are all of them.</summary>
public sealed record ErrorsView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value, long N, double? Low, double? High, EstimateView ToolFailed, EstimateView CommandNonZero, EstimateView TimedOut)
{
    internal static ErrorsView Of(MetricReport report) => new(
        report.Errors.Value, report.Errors.N, report.Errors.Low, report.Errors.High, EstimateView.Of(report.ToolFailed), EstimateView.Of(report.CommandNonZero), EstimateView.Of(report.TimedOut));
}

/// <summary>Seconds from start to claimed completion, of tasks that succeeded.</summary>
/// <param name="P50">The median.</param>
/// <param name="WaitedP50">Of the same tasks, the part in which they waited for people.</param>
public sealed record CycleView(EstimateView P50, EstimateView P90, EstimateView WaitedP50, EstimateView WaitedP90)
{
    internal static CycleView Of(MetricReport report) =>
        new(EstimateView.Of(report.CycleMedian), EstimateView.Of(report.Cycle90), EstimateView.Of(report.WaitedMedian), EstimateView.Of(report.Waited90));
}

/// <summary>All spend in USD for one task that succeeded; n is how many did.</summary>
/// <param name="Direct">Spend of the tasks that succeeded alone, for each.</param>
/// <param name="SpendUsd">By Paddock's ledger.</param>
/// <param name="ReportedUsd">As agents tell it, of tasks whose model calls Paddock did not see.</param>
/// <param name="UnpricedCalls">Model calls for whose tokens no price is known: they are missing in the cost.</param>
public sealed record CostView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value, long N, double? Low, double? High, double? Direct, decimal SpendUsd, decimal ReportedUsd, long Calls, long UnpricedCalls,
    long InputTokens, long OutputTokens)
{
    internal static CostView Of(MetricReport report)
    {
        var tally = report.Tally;
        return new(
            report.CostPerSuccess.Value, report.CostPerSuccess.N, report.CostPerSuccess.Low, report.CostPerSuccess.High, report.DirectCost,
            tally[TaskCount.SpendNanoUsd] / 1_000_000_000m, tally[TaskCount.ReportedNanoUsd] / 1_000_000_000m, tally[TaskCount.Calls], tally[TaskCount.Unpriced],
            tally[TaskCount.InputTokens], tally[TaskCount.OutputTokens]);
    }
}

/// <summary>How many top-level tasks ended in each way.</summary>
public sealed record StatesView(
    long ClaimedComplete, long AcceptedByUser, long AcceptedByCi, long AcceptedByScm, long Failed, long Cancelled, long Abandoned, long Stuck, long TimedOut, long RolledBack)
{
    internal static StatesView Of(Tally tally) => new(
        tally[TaskCount.Claimed], tally[TaskCount.AcceptedByUser], tally[TaskCount.AcceptedByCi], tally[TaskCount.AcceptedByScm], tally[TaskCount.Failed], tally[TaskCount.Cancelled],
        tally[TaskCount.Abandoned], tally[TaskCount.Stuck], tally[TaskCount.TimedOut], tally[TaskCount.RolledBack]);
}
