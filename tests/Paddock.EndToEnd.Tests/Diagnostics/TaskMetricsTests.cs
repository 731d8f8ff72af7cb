using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Paddock.Control.Metrics;
using Paddock.Core.Alerts;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Diagnostics;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.EndToEnd.Tests.Identity;
using Paddock.Simulator;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Diagnostics;

/// <summary>The five numbers for Prometheus.</summary>
public class TaskMetricsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_told_by_window_dimension_and_value_as_they_were_read_last_and_small_groups_are_not()
    {
        await using var served = await ServedPeople.StartAsync(settings => settings with { MetricRules = new() { MinimumGroup = 2 } });
        for (var person = 0; person < 6; person++)
        {
            Work(served, person, person switch { < 3 => "architect", < 5 => "code", _ => "alone" }, error: person == 0 ? "overloaded" : null);
        }

        await served.Get<ITasks>().FlushAsync(Cancellation);
        using var gauges = new ReadGauges();
        var time = new FakeTimeProvider();
        using var metrics = new TaskMetrics(gauges, served.Get<ShowMetrics>(), time, NullLogger<TaskMetrics>.Instance);
        gauges.Read().ShouldBeEmpty(); // nothing is read for a scrape

        await metrics.LookAsync(Cancellation);
        var read = gauges.Read();

        read["paddock.tasks.success.ratio all all 24h"].ShouldBe(5.0 / 6, 1e-9);
        read["paddock.tasks.success.observations all all 7d"].ShouldBe(6);
        read["paddock.tasks.success.ratio mode architect 7d"].ShouldBe(2.0 / 3, 1e-9);
        read["paddock.tasks.errors.ratio all all 24h"].ShouldBe(0);
        read["paddock.tasks.cycle all all 24h 0.5"].ShouldBe(3, 0.04);
        read["paddock.tasks.cost_per_success all all 24h"].ShouldBe(0.12 / 5, 1e-9);
        read.Keys.ShouldNotContain(key => key.Contains(" alone ", StringComparison.Ordinal) || key.Contains(" code ", StringComparison.Ordinal) || key.Contains("person", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromMinutes(5));
        gauges.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scrape_names_them_as_the_guide_does()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancellation);
        place.WriteProvider(provider.BaseUrl);
        var (server, url) = await place.ServeAsync(["--release", place.Release]);
        await using (server)
        {
            (await Installation.SendAsync(Installation.Chat(url, await place.CreateKeyAsync(), "sim:text=a,in=100,out=7"))).Status.ShouldBe(HttpStatusCode.OK);
            (await ScrapeAsync(url, await place.CreateKeyAsync("--control", "viewer"))).ShouldContain($"{PrometheusRules.Tries}{{"); // what rules for Prometheus look at
            (await place.RunAsync(["alerts", "export", "--prometheus"])).Printed.ShouldContain($"({PrometheusRules.Gauges}{{gauge=\"disk_free_percent\"}})");
            await Eventually.IsAsync(async () => (await place.RunAsync(["tasks"])).Printed.Contains("claimed_complete", StringComparison.Ordinal), () => "There is no task.", Cancellation);
        }

        var (next, other) = await place.ServeAsync(["--release", place.Release]); // which reads them when it starts
        await using var _ = next;
        var key = await place.CreateKeyAsync("--control", "viewer");
        var said = "";
        await Eventually.IsAsync(async () => (said = await ScrapeAsync(other, key)).Contains("paddock_tasks_success_ratio{", StringComparison.Ordinal), () => said, Cancellation);

        foreach (var name in new[] { "success_observations", "accepted_ratio", "rollback_ratio", "cycle_seconds", "cost_per_success_USD", "cycle_observations" })
        {
            said.ShouldContain($"paddock_tasks_{name}{{");
        }

        said.ShouldContain("paddock_audit_entries_total");
        said.ShouldContain("paddock_policy_decisions_waiting");
    }

    private static void Work(ServedPeople served, int person, string mode, string? error)
    {
        var work = new RecordedWork(served.Get<ILedger>(), served.Get<IDecisions>(), $"usr_{person:D32}", "key_00000000000000000000000000000001", $"s{person}", DateTimeOffset.UtcNow.AddMinutes(-30)) { Mode = mode };
        work.Turn();
        work.Tool(result: ToolResult.Success);
        work.Turn(error: error);
    }

    private static async Task<string> ScrapeAsync(string url, string key) => (await Installation.SendAsync(new(HttpMethod.Get, url + "/metrics") { Headers = { { "Authorization", "Bearer " + key } } })).Body;

    /// <summary>The gauges of one meter, by name, dimension, value, window and quantile.</summary>
    private sealed class ReadGauges : IMeterFactory
    {
        private readonly Dictionary<string, double> read = [];
        private readonly MeterListener listener = new();
        private Meter? own;

        public ReadGauges()
        {
            listener.InstrumentPublished = (instrument, its) =>
            {
                if (instrument.Meter == own)
                {
                    its.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            {
                var labels = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal);
                read[$"{instrument.Name} {labels["dimension"]} {labels["value"]} {labels["window"]} {labels.GetValueOrDefault("quantile")}".TrimEnd()] = value;
            });
        }

        public Meter Create(MeterOptions options)
        {
            own = new(options);
            listener.Start();
            return own;
        }

        public Dictionary<string, double> Read()
        {
            read.Clear();
            listener.RecordObservableInstruments();
            return new(read);
        }

        public void Dispose()
        {
            listener.Dispose();
            own?.Dispose();
        }
    }
}
