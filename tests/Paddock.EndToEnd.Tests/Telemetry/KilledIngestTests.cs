using System.Globalization;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Metrics;
using Paddock.Control.Tasks;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Telemetry;

/// <summary>A server that is killed while agents tell it of themselves loses nothing that it has said it took, and counts nothing twice.</summary>
public sealed class KilledIngestTests(ITestOutputHelper output)
{
    /// <summary>4,000 events each: forty thousand in CI, a million in the soak.</summary>
    private const int People = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Of_forty_thousand_events_none_is_lost_and_none_counts_twice_however_often_it_is_killed() => ProveAsync(People, kills: 2);

    [Fact, Trait("In", "soak")]
    public Task Of_a_million_events_none_is_lost_and_none_counts_twice_however_often_it_is_killed() => ProveAsync(People * 25, kills: 20);

    private async Task ProveAsync(int people, int kills)
    {
        using var installation = new Installation();
        var (server, url) = await installation.ServeAsync([]);
        var agents = new List<TellingAgents>();
        for (var person = 0; person < people; person++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"p{person}");
            var key = (await installation.RunAsync(["key", "create", "--name", "laptop", "--user", name])).Printed;
            agents.Add(new(key, name, () => Volatile.Read(ref url)));
        }

        var began = TimeProvider.System.GetTimestamp();
        var all = Task.WhenAll(agents.Select(one => one.RunAsync(Cancellation)));
        var batches = people * TellingAgents.Events / TellingAgents.EventsOfBatch;
        for (var kill = 1; kill <= kills; kill++)
        {
            var enough = batches * kill / (kills + 1);
            await Eventually.IsAsync(() => Task.FromResult(agents.Sum(static one => one.Taken) >= enough), () => $"{agents.Sum(static one => one.Taken)} batches were taken.\n{server.Said}", Cancellation, within: TimeSpan.FromMinutes(5));
            await server.KillAsync(Cancellation);
            await server.DisposeAsync();
            (server, var next) = await installation.ServeAsync([]);
            Volatile.Write(ref url, next);
        }

        await all;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people * TellingAgents.Events:N0} events in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:N1} s, with {kills} kills and restarts."));
        await ShouldBeWholeAsync(installation, people);
        await server.DisposeAsync();
    }

    private static async Task ShouldBeWholeAsync(Installation installation, int people)
    {
        MetricsView metrics = null!; // read at least once
        await Eventually.IsAsync(
            async () =>
            {
                metrics = JsonSerializer.Deserialize((await installation.RunAsync(["metrics", "--window", "24h", "--json"])).Printed, ControlJson.Default.MetricsView)!; // the command prints one
                return metrics.Total.Metrics!.Errors.N >= people * TellingAgents.Events;
            },
            () => $"{metrics.Total.Metrics?.Errors.N} results are counted.",
            Cancellation,
            within: TimeSpan.FromMinutes(2));
        (metrics.Total.Metrics!.Errors.N, metrics.Total.Metrics.Errors.Value).ShouldBe((people * TellingAgents.Events, 0.1));

        var tasks = new List<TaskView>();
        for (string? next = ""; next is not null;)
        {
            var page = JsonSerializer.Deserialize((await installation.RunAsync(["tasks", "--limit", "1000", "--json", .. next.Length == 0 ? Array.Empty<string>() : ["--before", next]])).Printed, ControlJson.Default.TaskList)!; // as above
            tasks.AddRange(page.Tasks);
            next = page.Next;
        }

        tasks.Count.ShouldBe(people * TellingAgents.Sessions);
        tasks.ShouldAllBe(static task => task.ToolCalls == TellingAgents.BatchesOfSession * TellingAgents.EventsOfBatch);
    }
}
