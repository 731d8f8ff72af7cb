using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Diagnostics;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.EndToEnd.Tests.Identity;
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
        var key = (await served.Get<Control.Identity.CreateKey>().RunAsync(Control.Actor.Local, new() { Name = "scrapes", User = "prometheus", Control = ["viewer"] }, Cancellation)).ShouldBeOfType<Control.Outcome<Control.Identity.NewKey>.Done>().Value.Token;
        var (architects, coders) = (Enumerable.Range(0, 3), Enumerable.Range(3, 2));
        foreach (var person in architects.Concat(coders))
        {
            Work(served, person, person < 3 ? "architect" : "code", error: person == 0 ? "overloaded" : null);
        }

        Work(served, 9, "alone", error: null);
        await served.Get<ITasks>().FlushAsync(Cancellation);
        (await ScrapeAsync(served, key)).ShouldNotContain(line => line.StartsWith("paddock_tasks_success_ratio{", StringComparison.Ordinal)); // nothing is read for a scrape

        await served.Get<TaskMetrics>().LookAsync(Cancellation);
        var lines = new List<string>();
        await Eventually.IsAsync( // the exporter keeps what it said for a moment
            async () => (lines = await ScrapeAsync(served, key)).Exists(line => line.StartsWith("paddock_tasks_success_ratio{", StringComparison.Ordinal)), () => string.Join('\n', lines), Cancellation);

        ValueOf(lines, "paddock_tasks_success_ratio", "dimension=\"all\"", "window=\"24h\"", "value=\"all\"").ShouldBe(5.0 / 6, 1e-9);
        ValueOf(lines, "paddock_tasks_success_observations", "dimension=\"all\"", "window=\"7d\"").ShouldBe(6);
        ValueOf(lines, "paddock_tasks_success_ratio", "dimension=\"mode\"", "window=\"7d\"", "value=\"architect\"").ShouldBe(2.0 / 3, 1e-9);
        ValueOf(lines, "paddock_tasks_errors_ratio", "dimension=\"all\"", "window=\"24h\"").ShouldBe(0);
        ValueOf(lines, "paddock_tasks_cycle_seconds", "dimension=\"all\"", "window=\"24h\"", "quantile=\"0.5\"").ShouldBe(3, 0.04);
        ValueOf(lines, "paddock_tasks_cost_per_success_USD", "dimension=\"all\"", "window=\"24h\"").ShouldBe(0.12 / 5, 1e-9);
        foreach (var absent in new[] { "value=\"alone\"", "value=\"code\"", "dimension=\"person\"" })
        {
            lines.ShouldNotContain(line => line.Contains(absent, StringComparison.Ordinal), absent);
        }

        lines.ShouldContain(line => line.StartsWith("paddock_audit_", StringComparison.Ordinal));
    }

    private static void Work(ServedPeople served, int person, string mode, string? error)
    {
        var work = new RecordedWork(served.Get<ILedger>(), served.Get<IDecisions>(), $"usr_{person:D32}", "key_00000000000000000000000000000001", $"s{person}", DateTimeOffset.UtcNow.AddMinutes(-30)) { Mode = mode };
        work.Turn();
        work.Tool(result: ToolResult.Success);
        work.Turn(error: error);
    }

    private static async Task<List<string>> ScrapeAsync(ServedPeople served, string key) =>
        [.. (await Installation.SendAsync(new(HttpMethod.Get, served.Url + "/metrics") { Headers = { { "Authorization", "Bearer " + key } } })).Body.Split('\n')];

    private static double ValueOf(List<string> lines, string name, params string[] labels) => double.Parse(
        lines.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal))).ToList().ShouldHaveSingleItem(string.Join(' ', labels)).Split("} ")[1].Split(' ')[0],
        System.Globalization.CultureInfo.InvariantCulture);
}
