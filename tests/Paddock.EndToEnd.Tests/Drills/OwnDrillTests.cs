using System.Text.Json.Nodes;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Drills;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Drills;

/// <summary>A company's own runbook, which names its own documents, is rehearsed as the shipped ones are.</summary>
public sealed class OwnDrillTests
{
    private const string Documents =
        """
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: acme, owner: us}
        spec: {wires: [openai-chat], baseUrl: "https://acme.example/v1", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: spare, owner: us}
        spec: {wires: [openai-chat], baseUrl: "https://spare.example/v1", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: ModelRoute
        metadata: {name: coding, owner: us}
        spec: {targets: [{provider: acme}, {provider: spare}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Slo
        metadata: {name: acme-answers, owner: us}
        spec: {of: provider, objective: 0.95}
        ---
        apiVersion: paddock/v1alpha1
        kind: AlertRule
        metadata: {name: acme-fails, owner: us}
        spec: {burn: {slo: acme-answers, atLeast: 20, windows: [{long: 10m, short: 2m, times: 5, severity: page}]}, inhibits: [command-timeouts]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Runbook
        metadata: {name: acme-away, owner: us}
        spec:
          guide: {trigger: a, hypothesis: a, immediate: a, control: a, verification: a, rollback: a, communication: a, learning: a}
          alerts: [acme-fails]
          start: auto
          hold: 10m
          steps:
          - {id: switch, do: route.switch, safe: true, with: {route: coding, to: spare}, verify: {measure: route_success, of: coding, over: 2m, atLeast: 0.95, after: 2m}}
          - {id: notify, do: notify, with: {text: Acme is away}}
          drill:
            faults: [provider_down]
            until: 30m
            expect: {alertWithin: 6m, incidentWithin: 6m, mitigatedWithin: 12m, successRate: 0.95, seen: [second_provider_first, notified]}
        """;

    /// <summary>A release that says nothing.</summary>
    internal static ISnapshots Shipped { get; } = new SnapshotHolder(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content));

    [Fact]
    public async Task It_passes_under_its_own_alert_rule_and_fails_when_a_step_is_missing()
    {
        using var installation = new Installation();
        installation.Write("release/acme.yaml", Documents);

        var passed = await PaddockProcess.RunAsync(["drill", "run", "acme-away", "--documents", installation.Release], environment: null, TestContext.Current.CancellationToken);
        installation.Write("release/acme.yaml", Documents.Replace("          - {id: notify, do: notify, with: {text: Acme is away}}\n", "", StringComparison.Ordinal).Replace("  - {id: notify, do: notify, with: {text: Acme is away}}\n", "", StringComparison.Ordinal));
        var failed = await PaddockProcess.RunAsync(["drill", "run", "acme-away", "--documents", installation.Release], environment: null, TestContext.Current.CancellationToken);

        passed.Code.ShouldBe(0, passed.Output + passed.Errors);
        passed.Printed.ShouldContain("passed");
        failed.Code.ShouldBe(1, failed.Errors);
        failed.Output.ShouldContain("acme-away: notified: It was not seen.");
    }

    [Fact]
    public async Task One_whose_drill_says_something_for_an_hour_only_can_be_rehearsed_too()
    {
        var document = JsonNode.Parse(ShippedRunbooks.All.Single(static one => one.Name == "backlog").Source)!; // it was read
        document["spec"]!["drill"]!["maxAge"] = "1h";

        var result = await new TwinDrills(Shipped, TimeProvider.System).RunAsync(ShippedRunbooks.Read(document.ToJsonString()), static _ => { }, TestContext.Current.CancellationToken);

        result.Lines.Where(static line => !line.Passed).ShouldBeEmpty();
    }
}
