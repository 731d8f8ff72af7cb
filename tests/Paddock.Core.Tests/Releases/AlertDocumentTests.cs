using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Tests.Releases;

/// <summary>Objectives and alert rules as documents.</summary>
public class AlertDocumentTests
{
    [Fact]
    public void The_shipped_rules_hold_in_a_release_that_says_nothing_of_alerts()
    {
        var snapshot = SnapshotBuilder.Build(ReleaseLoader.Load([]).ShouldBeOfType<LoadOutcome.Loaded>().Content);

        snapshot.AlertRules.Select(static rule => rule.Name).ShouldBe(["provider-outage", "route-outage", "credential-refused", "command-timeouts", "mutation-anomaly", "denial-burst", "spend-surge", "spend-drift", "budget-burn", "budget-overrun", "new-mutation", "audit-behind", "stale-clients", "release-rejected", "disk-full", "disk-filling", "approvals-waiting", "incident-overdue"], ignoreOrder: true);
        snapshot.AlertRules.Single(static rule => rule.Name == "provider-outage").Condition.ShouldBeOfType<AlertCondition.Burn>().Windows.ShouldBe(BurnWindow.Workbook);
        snapshot.AlertRules.Single(static rule => rule.Name == "spend-surge").Condition.ShouldBe(new AlertCondition.Surge(CusumTuning.Page));
        snapshot.AlertRules.Single(static rule => rule.Name == "spend-drift").Condition.ShouldBe(new AlertCondition.Surge(CusumTuning.Ticket));
        snapshot.AlertRules.Single(static rule => rule.Name == "credential-refused").Condition.ShouldBe(new AlertCondition.Spike(new()));
        snapshot.AlertRules.Single(static rule => rule.Name == "command-timeouts").Condition.ShouldBe(new AlertCondition.Shift(new()));
        snapshot.AlertRules.Single(static rule => rule.Name == "budget-burn").Condition.ShouldBe(new AlertCondition.Overspend(null, SpendWindow.Hour));
        snapshot.AlertRules.Single(static rule => rule.Name == "budget-overrun").Condition.ShouldBe(new AlertCondition.Projection(null, 1.2, 0.1));
        snapshot.AlertRules.Single(static rule => rule.Name == "new-mutation").Condition.ShouldBe(new AlertCondition.Novelty(TimeSpan.FromHours(1)));
        snapshot.AlertRules.Single(static rule => rule.Name == "disk-full").Condition.ShouldBe(new AlertCondition.Threshold(Gauge.DiskFree, null, 3, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void A_document_of_the_same_name_takes_the_place_of_a_shipped_one()
    {
        var snapshot = SnapshotBuilder.Build(Load("AlertRule", "denial-burst", "{enabled: false, severity: ticket, burst: {atLeast: 50}}").ShouldBeOfType<LoadOutcome.Loaded>().Content);

        var rule = snapshot.AlertRules.Single(static rule => rule.Name == "denial-burst");
        (rule.Enabled, rule.Owner, rule.Severity, rule.Condition).ShouldBe((false, "platform", AlertSeverity.Ticket, new AlertCondition.Burst(50)));
        snapshot.AlertRules.Length.ShouldBe(18);
    }

    [Fact]
    public void A_rule_may_be_about_a_shipped_objective_or_one_of_its_own_release()
    {
        Load("AlertRule", "mine", "{burn: {slo: provider-availability}}").ShouldBeOfType<LoadOutcome.Loaded>().Content.AlertRules.ShouldHaveSingleItem().Condition.ShouldBeOfType<AlertCondition.Burn>().Windows.ShouldBe(BurnWindow.Workbook);
        Load("Slo", "mine", "{of: route, objective: 0.995}").ShouldBeOfType<LoadOutcome.Loaded>().Content.Slos.Select(static one => one with { Source = "" }).ShouldBe([new("mine", "platform", SloSubject.Route, 0.995)]);
        Faults(Load("AlertRule", "mine", "{burn: {slo: provider-availabilty}}")).ShouldContain("Did you mean 'provider-availability'?");
    }

    [Theory]
    [InlineData("AlertRule", "{severity: page}", "A rule has one condition")]
    [InlineData("AlertRule", "{burst: {}, surge: {}}", "A rule has one condition")]
    [InlineData("AlertRule", "{severity: loud, burst: {}}", "Expected one of ticket, page")]
    [InlineData("AlertRule", "{burst: {atLeast: 0}}", "Expected a number from 1")]
    [InlineData("AlertRule", "{burst: {within: 5m}}", "There is no field of this name")]
    [InlineData("AlertRule", "{burn: {slo: provider-availability, windows: [{long: 5m, short: 1h, times: 2}]}}", "not longer")]
    [InlineData("AlertRule", "{burst: {}, inhibits: [nobody]}", "There is no AlertRule 'nobody'")]
    [InlineData("AlertRule", "{burst: {}, inhibits: [mine]}", "keeps itself quiet")]
    [InlineData("AlertRule", "{threshold: {gauge: stale_client, above: 1}}", "Did you mean 'stale_clients'?")]
    [InlineData("AlertRule", "{threshold: {gauge: stale_clients}}", "write above or below")]
    [InlineData("AlertRule", "{threshold: {gauge: stale_clients, above: 1, below: 2}}", "write above or below")]
    [InlineData("AlertRule", "{threshold: {gauge: stale_clients, above: 1, for: 25h}}", "Expected a duration from")]
    [InlineData("AlertRule", "{overspend: {budget: nobodys}}", "There is no Budget 'nobodys'")]
    [InlineData("AlertRule", "{overspend: {long: 15m, short: 1h}}", "not longer")]
    [InlineData("AlertRule", "{overspend: {long: 5m}}", "Expected a duration from 15m")]
    [InlineData("AlertRule", "{projection: {atLeast: 2}}", "Expected a number from 0 to 1")]
    [InlineData("AlertRule", "{projection: {above: 0}}", "spec.projection.above: Expected a number above 0, up to 10000.")]
    [InlineData("AlertRule", "{burn: {slo: provider-availability, windows: [{long: 1h, short: 5m, times: 0}]}}", "spec.burn.windows[0].times: Expected a number above 0")]
    [InlineData("AlertRule", "{overspend: {times: 0}}", "spec.overspend.times: Expected a number above 0")]
    [InlineData("AlertRule", "{shift: {chance: 0}}", "spec.shift.chance: Expected a number above 0")]
    [InlineData("AlertRule", "{novelty: {for: 1h}}", "There is no field of this name")]
    [InlineData("AlertRule", "{threshold: {above: 1}}", "This field is required.")]
    [InlineData("Slo", "{of: provider, objective: 1}", "above 0 and below 1")]
    [InlineData("Slo", "{of: weather, objective: 0.9}", "Expected one of provider, route")]
    public void A_broken_document_is_refused_with_its_reason(string kind, string spec, string reason) => Faults(Load(kind, "mine", spec)).ShouldContain(reason);

    /// <summary>spend-surge inhibits spend-drift as it is shipped.</summary>
    [Fact]
    public void Rules_that_keep_each_other_quiet_are_refused_also_with_a_shipped_one_between_them() =>
        Faults(Load("AlertRule", "spend-drift", "{surge: {k: 0.75, h: 8}, inhibits: [spend-surge]}")).ShouldContain("keeps itself quiet");

    [Theory]
    [InlineData("AlertRule", "Denial-Burst", "{burst: {}}", "metadata.name: Paddock ships an AlertRule 'denial-burst', and this name differs in case alone.")]
    [InlineData("Slo", "Provider-availability", "{of: provider, objective: 0.9}", "Paddock ships a Slo 'provider-availability'")]
    [InlineData("AlertRule", "-burst", "{burst: {}}", "The name of an AlertRule begins with a letter or digit")]
    public void A_name_that_would_be_mistaken_or_is_none_is_refused(string kind, string name, string spec, string reason) => Faults(Load(kind, name, spec)).ShouldContain(reason);

    private static LoadOutcome Load(string kind, string name, string spec) =>
        ReleaseLoader.Load([new("alerts.yaml", $"apiVersion: paddock/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}, owner: platform}}\nspec: {spec}\n")]);

    private static string Faults(LoadOutcome outcome) => string.Join('\n', outcome.ShouldBeOfType<LoadOutcome.Rejected>().Faults);
}
