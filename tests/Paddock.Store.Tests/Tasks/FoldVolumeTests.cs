using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Testing;
using Paddock.Testing.Fleet;

namespace Paddock.Store.Tests.Tasks;

/// <summary>Many events. Counts are whole in the soak; what it takes is printed, and asserted nowhere.</summary>
public class FoldVolumeTests(ITestOutputHelper output)
{
    private const int EventsOfTask = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public Task Twenty_thousand_events_are_folded_and_each_is_counted_once(Engine engine) => FoldAsync(engine, 20_000);

    [Theory, EachEngine, Trait("In", "soak")]
    public Task A_million_events_are_folded_and_each_is_counted_once(Engine engine) => FoldAsync(engine, 1_000_000);

    /// <summary>What an overview asks for, over tasks of thirty days.</summary>
    [Theory, EachEngine, Trait("In", "soak")]
    public Task Over_a_million_tasks_an_overview_looks_at_no_task(Engine engine) => LookAsync(engine, 1_000_000);

    [Theory, EachEngine]
    public Task Over_a_thousand_tasks_an_overview_looks_at_no_task(Engine engine) => LookAsync(engine, 1_000);

    private async Task LookAsync(Engine engine, int count)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, wire: static services => FleetDialect.All.ToList().ForEach(dialect => services.AddSingleton(dialect)));
        foreach (var batch in Enumerable.Range(0, count).Chunk(500))
        {
            await store.Get<IAgentEvents>().AppendAsync([.. batch.Select(number => Short(number, count))], Cancellation);
            if (batch[0] % 50_000 == 0)
            {
                await store.Get<ITasks>().FlushAsync(Cancellation);
            }
        }

        await store.Get<ITasks>().FlushAsync(Cancellation);
        var (from, until) = (StoreUnderTest.Noon.AddDays(-30), StoreUnderTest.Noon.AddHours(1));
        await TimedAsync(engine, "the total of 30 days", () => store.Get<ITallies>().GroupsAsync(new(MetricDimension.All, null, from, until), Cancellation));
        await TimedAsync(engine, "its trend by days", () => store.Get<ITallies>().SeriesAsync(new(MetricDimension.All, null, from, until), null, byDay: true, Cancellation));
        await TimedAsync(engine, "by model", () => store.Get<ITallies>().GroupsAsync(new(MetricDimension.Model, null, from, until), Cancellation));
        await TimedAsync(engine, "by 200 repositories", () => store.Get<ITallies>().GroupsAsync(new(MetricDimension.Repository, null, from, until), Cancellation));
        await TimedAsync(engine, "the newest tasks", () => store.Get<ITasks>().ListAsync(new() { Limit = 50 }, Cancellation));
        await TimedAsync(engine, "the newest abandoned tasks", () => store.Get<ITasks>().ListAsync(new() { State = AgentTaskState.Abandoned, Limit = 50 }, Cancellation));
        await TimedAsync(engine, "a search that finds nothing", () => store.Get<ITasks>().ListAsync(new() { Search = "nothing", Limit = 50 }, Cancellation));
        var total = (await store.Get<ITallies>().GroupsAsync(new(MetricDimension.All, null, from, until), Cancellation)).ShouldHaveSingleItem().Tally;
        total[TaskCount.Calls].ShouldBe(count);
    }

    private async Task TimedAsync<T>(Engine engine, string what, Func<Task<System.Collections.Immutable.ImmutableArray<T>>> ask)
    {
        await ask();
        var clock = Stopwatch.StartNew();
        var rows = await ask();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: {what}: {rows.Length} in {clock.Elapsed.TotalMilliseconds:N1} ms"));
    }

    /// <summary>A task of one model call, somewhere in thirty days.</summary>
    private static AgentEvent Short(int number, int count)
    {
        var (person, native, at) = ($"usr_{number % 300}", $"s{number}", StoreUnderTest.Noon - (TimeSpan.FromDays(30) * (number / (double)count)));
        return new()
        {
            At = at,
            Principal = person,
            Agent = "opencode",
            Task = TaskKey.Compute(person, "opencode", native),
            NativeTask = native,
            Type = nameof(TaskSignalKind.Turn),
            Mode = number % 3 == 0 ? "code" : "ask",
            Facts = $"model-{number % 12} repository-{number % 200}",
            Identity = IdentityOf(person, at, number),
        };
    }

    /// <summary>As a record of telemetry has it.</summary>
    private static EventIdentity IdentityOf(string person, DateTimeOffset at, int number) => EventIdentity.OfRecord(person, "opencode", "told", null, (ulong)at.ToUnixTimeMilliseconds() * 1_000_000, $"{number}");

    private async Task FoldAsync(Engine engine, int count)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, wire: static services => FleetDialect.All.ToList().ForEach(dialect => services.AddSingleton(dialect)));
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        foreach (var batch in Enumerable.Range(0, count).Chunk(500))
        {
            await store.Get<IAgentEvents>().AppendAsync([.. batch.Select(Event)], Cancellation);
        }

        var stored = clock.Elapsed;
        await store.Get<ITasks>().FlushAsync(Cancellation);
        var used = Environment.CpuUsage.TotalTime - cpu;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: {count:N0} events of {count / EventsOfTask:N0} tasks: kept at {count / stored.TotalSeconds:N0}/s, folded at {count / (clock.Elapsed - stored).TotalSeconds:N0}/s, together {count / used.TotalSeconds:N0} per CPU second of this process"));

        var all = (await store.Get<ITallies>().GroupsAsync(new(MetricDimension.All, null, StoreUnderTest.Noon.AddDays(-1), StoreUnderTest.Noon.AddDays(2)), Cancellation)).ShouldHaveSingleItem().Tally;
        (all[TaskCount.Calls], all[TaskCount.Claimed]).ShouldBe((count - (count / EventsOfTask), count / EventsOfTask));
        clock.Restart();
        await store.Get<ITallies>().GroupsAsync(new(MetricDimension.Agent, null, StoreUnderTest.Noon.AddDays(-1), StoreUnderTest.Noon.AddDays(2)), Cancellation);
        await store.Get<ITasks>().ListAsync(new() { Limit = 50 }, Cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: groups and a page of tasks in {clock.Elapsed.TotalMilliseconds:N1} ms"));
    }

    /// <summary>Tasks go on side by side, a thousand at a time; the last event of each says that it is done.</summary>
    private static AgentEvent Event(int number)
    {
        var (block, within) = Math.DivRem(number, 1000 * EventsOfTask);
        var (step, task) = (within / 1000, (block * 1000) + (within % 1000));
        var (person, native, at) = ($"usr_{task % 50}", $"s{task}", StoreUnderTest.Noon.AddSeconds(number / 200.0));
        return new()
        {
            At = at,
            Principal = person,
            Agent = "opencode",
            Task = TaskKey.Compute(person, "opencode", native),
            NativeTask = native,
            Type = (step == EventsOfTask - 1 ? TaskSignalKind.Claimed : TaskSignalKind.Turn).ToString(),
            Mode = "code",
            Identity = IdentityOf(person, at, number),
        };
    }
}
