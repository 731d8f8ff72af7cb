using System.Diagnostics;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Releases;
using Paddock.Testing;

namespace Paddock.Core.Tests.Alerts;

/// <summary>Rules for Prometheus, as its own promtool takes them.</summary>
public sealed class PrometheusRulesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("paddock-rules-").FullName;

    private static readonly string shipped = PrometheusRules.Of(ShippedAlerts.Rules, ShippedAlerts.Slos, "0123456789ab");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shipped_rules_are_rules_to_Prometheus_and_what_it_cannot_tell_is_left_out_with_its_reason()
    {
        await File.WriteAllTextAsync(Of("rules.yml"), shipped, Cancellation);

        var checkedBy = await PromtoolAsync("check", "rules", Of("rules.yml"));

        checkedBy.ShouldContain("SUCCESS: 10 rules found"); // the outage's page and ticket, the credential, and seven gauges
        foreach (var rule in new[] { "route-outage", "command-timeouts", "mutation-anomaly", "new-mutation", "denial-burst", "spend-surge", "spend-drift", "budget-burn", "budget-overrun" })
        {
            shipped.ShouldContain($"# {rule} is not here: ");
            shipped.ShouldContain($"paddock_alerts_open{{rule=\"{rule}\"}} tells.");
        }
    }

    [Fact]
    public async Task They_fire_when_Paddocks_own_do()
    {
        await File.WriteAllTextAsync(Of("rules.yml"), shipped, Cancellation);
        await File.WriteAllTextAsync(Of("test.yml"), """
            rule_files: [rules.yml]
            evaluation_interval: 1m
            tests:
            - interval: 1m
              input_series:
              - {series: 'paddock_provider_tries_total{provider="busy", outcome="ok"}', values: '0+20x180'}
              - {series: 'paddock_provider_tries_total{provider="busy", outcome="failed"}', values: '0x120 0+8x60'}
              - {series: 'paddock_provider_tries_total{provider="well", outcome="ok"}', values: '0+100x180'}
              - {series: 'paddock_provider_tries_total{provider="well", outcome="failed"}', values: '0+1x180'}
              - {series: 'paddock_provider_tries_total{provider="rare", outcome="ok"}', values: '0x170 0x10'}
              - {series: 'paddock_provider_tries_total{provider="rare", outcome="failed"}', values: '0x174 0+2x6'}
              - {series: 'paddock_provider_tries_total{provider="locked", outcome="credential_refused"}', values: '0x174 0+5x6'}
              - {series: 'paddock_alerts_gauge{gauge="disk_free_percent", subject="data"}', values: '50x160 2x20'}
              - {series: 'paddock_alerts_gauge{gauge="release_rejected", subject="import"}', values: '0x177 1x3'}
              alert_rule_test:
              - {eval_time: 180m, alertname: disk-full, exp_alerts: [{exp_labels: {source: paddock, severity: page, owner: paddock, subject: data}, exp_annotations: {summary: "Room on the disk: 2 % data"}}]}
              - {eval_time: 180m, alertname: release-rejected, exp_alerts: []}
              - eval_time: 180m
                alertname: credential-refused
                exp_alerts:
                - exp_labels: {source: paddock, severity: page, owner: paddock, provider: locked}
                  exp_annotations: {summary: "Provider locked refused its credential 25 times in five minutes."}
              - eval_time: 180m
                alertname: provider-outage
                exp_alerts:
                - &page
                  exp_labels: {source: paddock, severity: page, owner: paddock, provider: busy}
                  exp_annotations: {summary: "Provider busy fails calls faster than an objective of 99 % over 30 days allows."}
                - {exp_labels: {source: paddock, severity: ticket, owner: paddock, provider: busy}, exp_annotations: {summary: "Provider busy fails calls faster than an objective of 99 % over 30 days allows."}}
                - {exp_labels: {source: paddock, severity: page, owner: paddock, provider: rare}, exp_annotations: {summary: "Provider rare fails calls faster than an objective of 99 % over 30 days allows."}}
                - {exp_labels: {source: paddock, severity: ticket, owner: paddock, provider: rare}, exp_annotations: {summary: "Provider rare fails calls faster than an objective of 99 % over 30 days allows."}}
            """, Cancellation);

        (await PromtoolAsync("test", "rules", Of("test.yml"))).ShouldContain("SUCCESS");
    }

    [Fact]
    public async Task A_credential_that_is_refused_as_often_as_it_always_is_calls_nobody()
    {
        await File.WriteAllTextAsync(Of("rules.yml"), shipped, Cancellation);
        await File.WriteAllTextAsync(Of("test.yml"), """
            rule_files: [rules.yml]
            evaluation_interval: 10h
            tests:
            - interval: 1m
              input_series:
              - {series: 'paddock_provider_tries_total{provider="always", outcome="credential_refused"}', values: '0+20x12000'}
              - {series: 'paddock_provider_tries_total{provider="worse", outcome="credential_refused"}', values: '0+1x11990 12010+20x10'}
              alert_rule_test:
              - eval_time: 200h
                alertname: credential-refused
                exp_alerts: [{exp_labels: {source: paddock, severity: page, owner: paddock, provider: worse}, exp_annotations: {summary: "Provider worse refused its credential 100 times in five minutes."}}]
            """, Cancellation);

        (await PromtoolAsync("test", "rules", Of("test.yml"))).ShouldContain("SUCCESS");
    }

    [Fact]
    public async Task Whatever_an_owner_is_called_it_stays_a_rule_file()
    {
        AlertRule odd = new() { Name = "odd", Owner = "\"{{ $x }}\" #: ünï\n\u2028", Condition = new AlertCondition.Threshold(Gauge.AuditLag, 0.00001, null, TimeSpan.FromSeconds(90)) };
        AlertRule own = odd with { Name = "own", Condition = new AlertCondition.Burn("mine", [new(TimeSpan.FromMinutes(90), TimeSpan.FromSeconds(90), 2.5, AlertSeverity.Page)], new BurnGuard()) };
        await File.WriteAllTextAsync(Of("rules.yml"), PrometheusRules.Of([odd, own, odd with { Name = "off", Enabled = false }], [new("mine", "me", SloSubject.Provider, 0.999)], "0"), Cancellation);
        await File.WriteAllTextAsync(Of("none.yml"), PrometheusRules.Of([], [], "0"), Cancellation);

        (await PromtoolAsync("check", "rules", Of("rules.yml"))).ShouldContain("SUCCESS: 2 rules found");
        (await PromtoolAsync("check", "rules", Of("none.yml"))).ShouldContain("SUCCESS: 0 rules found");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Of(string file) => Path.Combine(folder, file);

    private static async Task<string> PromtoolAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(UnpackedProgram.Of("prometheus", "promtool"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("promtool did not start.");
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return string.Join('\n', said);
    }
}
