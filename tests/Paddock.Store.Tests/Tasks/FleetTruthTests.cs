using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Agents;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Testing.Fleet;

namespace Paddock.Store.Tests.Tasks;

/// <summary>All five metrics of a fleet whose truth is known, on each database, cut by every dimension.</summary>
public class FleetTruthTests
{
    private static readonly SimulatedFleet fleet = new(seed: 7, StoreUnderTest.Noon, TimeSpan.FromDays(4));

    private static readonly List<FleetTask> tasks = fleet.Play(600);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Facts_in_any_order_some_twice_folded_again_and_again_make_numbers_that_equal_the_truth(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, wire: static services =>
        {
            services.AddSingleton(new MetricRules { ByPerson = true });
            FleetDialect.All.ToList().ForEach(dialect => services.AddSingleton(dialect));
        });
        await WriteAsync(store, new(11));
        store.Skip(fleet.End - StoreUnderTest.Noon);
        await FoldAsync(store);

        await CompareSeriesAsync(store, null);
        await CompareSeriesAsync(store, "payments");
        foreach (var dimension in Enum.GetValues<MetricDimension>())
        {
            foreach (var team in dimension is MetricDimension.All or MetricDimension.Team ? [null] : new[] { null, "payments", "platform" })
            {
                await CompareAsync(store, dimension, team);
            }
        }
    }

    private static async Task CompareSeriesAsync(StoreUnderTest store, string? team)
    {
        var (since, until) = (StoreUnderTest.Noon.AddDays(-1), fleet.End);
        var whole = (await store.Get<ITallies>().GroupsAsync(new(team is null ? MetricDimension.All : MetricDimension.Team, null, since, until), Cancellation)).Single(group => group.Value == (team ?? "")).Tally;
        foreach (var byDay in new[] { true, false })
        {
            var series = await store.Get<ITallies>().SeriesAsync(new(MetricDimension.All, team, StoreUnderTest.Noon.AddDays(-2), until), null, byDay, Cancellation);
            series.Length.ShouldBeGreaterThan(3);
            (series.Sum(static one => one.Tally.Ended), series.Sum(static one => one.Tally[TaskCount.SpendNanoUsd])).ShouldBe((whole.Ended, whole[TaskCount.SpendNanoUsd]));
        }
    }

    /// <summary>Half way through the store looks at what it has, at a time of its own.</summary>
    private static async Task WriteAsync(StoreUnderTest store, Random random)
    {
        var writer = new FleetWriter(store);
        var facts = tasks.SelectMany(static task => task.Facts, static (task, fact) => (task, fact)).ToArray();
        facts = [.. facts, .. facts.Where(_ => random.Next(10) == 0)];
        random.Shuffle(facts);
        for (var i = 0; i < facts.Length; i++)
        {
            await writer.WriteAsync(facts[i].task, facts[i].fact);
            if (i % (facts.Length / 5) == 0)
            {
                await store.Get<ITasks>().FlushAsync(Cancellation);
            }
        }
    }

    private static async Task FoldAsync(StoreUnderTest store)
    {
        var folder = store.Get<Store.Tasks.TaskFolder>();
        await store.Get<ITasks>().FlushAsync(Cancellation);
        await folder.LookAsync(Cancellation); // what time alone has changed
        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await store.QueryAsync<long>("SELECT count(*) FROM task_changes")).ShouldBe([0]);
    }

    private static async Task CompareAsync(StoreUnderTest store, MetricDimension dimension, string? team)
    {
        var from = StoreUnderTest.Noon.AddDays(1).AddHours(3);
        foreach (var (since, until) in new[] { (StoreUnderTest.Noon.AddDays(-1), fleet.End), (from, from.AddDays(2)), (from, from.AddHours(5)) })
        {
            var expected = FleetFigures.Of(tasks, dimension, team, since, until);
            var groups = await store.Get<ITallies>().GroupsAsync(new(dimension, team, since, until), Cancellation);
            groups.Select(static group => group.Value).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
            foreach (var group in groups)
            {
                expected[group.Value].Compare(MetricReport.Of(group.Tally), $"{dimension} {group.Value} {team} {since:O}");
                if (dimension is not MetricDimension.All && since < StoreUnderTest.Noon)
                {
                    group.People.ShouldBe(expected[group.Value].People);
                }
            }
        }
    }
}
