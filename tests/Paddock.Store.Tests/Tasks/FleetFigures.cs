using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Testing.Fleet;

namespace Paddock.Store.Tests.Tasks;

/// <summary>The five numbers counted from the fleet's truth alone, in the plainest way.</summary>
internal sealed class FleetFigures
{
    private readonly List<FleetTask> ended = [];
    private readonly HashSet<string> people = [];
    private long spend;
    private int unpriced;
    private int results;
    private int failed;
    private int nonZero;
    private int timedOut;
    private int denied;

    public int People => people.Count;

    public static Dictionary<string, FleetFigures> Of(List<FleetTask> tasks, MetricDimension dimension, string? team, DateTimeOffset since, DateTimeOffset until)
    {
        var figures = new Dictionary<string, FleetFigures>(StringComparer.Ordinal);
        foreach (var task in tasks.Where(task => team is null || task.Place.Teams.Contains(team)))
        {
            var root = tasks.Find(other => other.Native == task.Parent) ?? task;
            foreach (var group in Groups(task.Place, dimension))
            {
                figures.TryAdd(group, new());
                figures[group].AddResults(task, since, until);
            }

            foreach (var group in Groups(root.Place, dimension))
            {
                figures.TryAdd(group, new());
                figures[group].AddTask(task, since, until);
            }
        }

        return figures.Where(static one => one.Value.Any).ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal);
    }

    public void Compare(MetricReport report, string which)
    {
        var counted = ended.Where(static task => task.Truth.State is not AgentTaskState.Cancelled).ToList();
        var good = counted.Where(static task => task.Truth.State.IsSuccess()).ToList();
        (report.TaskSuccess.Value, report.TaskSuccess.N).ShouldBe((Ratio(good.Count, counted.Count), counted.Count), which);
        report.TaskAccepted.Value.ShouldBe(Ratio(good.Count(static task => task.Truth.State is AgentTaskState.Accepted), counted.Count), which);
        var worked = counted.Where(static task => task.Truth.EverClaimed || task.Truth.TakenBack).ToList();
        (report.Rollback.Value, report.Rollback.N).ShouldBe((Ratio(worked.Count(static task => task.Truth.TakenBack), worked.Count), worked.Count), which);
        (report.Errors.Value, report.Errors.N).ShouldBe((Ratio(failed + nonZero + timedOut, results), results), which);
        (report.ToolFailed.Value, report.CommandNonZero.Value, report.TimedOut.Value).ShouldBe((Ratio(failed, results), Ratio(nonZero, results), Ratio(timedOut, results)), which);
        report.Tally[TaskCount.Denied].ShouldBe(denied, which);
        var cycles = good.Select(static task => task.Truth.Cycle!.Value.TotalSeconds).Order().ToList();
        CompareQuantile(report.CycleMedian, cycles, 0.5, which);
        CompareQuantile(report.Cycle90, cycles, 0.9, which);
        CompareQuantile(report.Waited90, [.. good.Select(static task => task.Truth.Waited.TotalSeconds).Order()], 0.9, which);
        (report.Tally[TaskCount.SpendNanoUsd], report.Tally[TaskCount.Unpriced]).ShouldBe((spend, unpriced), which);
        if (good.Count > 0)
        {
            report.CostPerSuccess.Value!.Value.ShouldBe(spend / 1e9 / good.Count, 1e-9, which);
            report.CostPerSuccess.N.ShouldBe(good.Count, which);
        }
    }

    private bool Any => ended.Count > 0 || spend > 0 || unpriced > 0 || results > 0 || denied > 0 || people.Count > 0;

    private void AddResults(FleetTask task, DateTimeOffset since, DateTimeOffset until)
    {
        foreach (var tool in task.Facts.OfType<ToolFact>())
        {
            var at = tool.ResultAt ?? tool.OutcomeAt;
            if (Hour(at) < Hour(since) || Hour(at) >= Hour(until))
            {
                continue;
            }

            FleetTruth truth = new();
            TaskScript.Count(truth, tool.Class, tool.Outcome, tool.Result);
            (results, failed, nonZero, timedOut, denied) = (results + truth.Results, failed + truth.ToolFailed, nonZero + truth.NonZero, timedOut + truth.TimedOut, denied + truth.Denied);
            people.Add(task.Place.Person);
        }
    }

    private void AddTask(FleetTask task, DateTimeOffset since, DateTimeOffset until)
    {
        foreach (var turn in task.Facts.OfType<TurnFact>().Where(turn => Hour(turn.At) >= Hour(since) && Hour(turn.At) < Hour(until)))
        {
            (spend, unpriced) = (spend + turn.CostNanoUsd, unpriced + (turn.IsUnpriced ? 1 : 0));
            people.Add(task.Place.Person);
        }

        if (task.Parent is null && Hour(task.Truth.EndedAt) >= Hour(since) && Hour(task.Truth.EndedAt) < Hour(until))
        {
            ended.Add(task);
            people.Add(task.Place.Person);
        }
    }

    private static void CompareQuantile(Estimate estimate, List<double> values, double q, string which)
    {
        estimate.N.ShouldBe(values.Count, which);
        if (values.Count > 0)
        {
            var exact = values[Math.Max(0, (int)Math.Ceiling(q * values.Count) - 1)];
            estimate.Value!.Value.ShouldBe(exact, (exact * 0.0101) + 0.001, which);
        }
    }

    private static System.Collections.Immutable.ImmutableArray<string> Groups(MetricPlace place, MetricDimension dimension) => dimension switch
    {
        MetricDimension.All => [""],
        MetricDimension.Team => place.Teams,
        MetricDimension.Mode => [place.Mode ?? ""],
        MetricDimension.Provider => [place.Provider ?? ""],
        MetricDimension.Model => [place.Model ?? ""],
        MetricDimension.Agent => [place.Agent],
        MetricDimension.Repository => [place.Repository ?? ""],
        MetricDimension.Release => [place.Release ?? ""],
        _ => [place.Person],
    };

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private static DateTimeOffset Hour(DateTimeOffset at) => TallyShare.HourOf(at);
}
