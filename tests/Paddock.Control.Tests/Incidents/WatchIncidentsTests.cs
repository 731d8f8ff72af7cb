using System.Collections.Immutable;
using Paddock.Control.Identity;
using Paddock.Control.Incidents;
using Paddock.Control.Releases;
using Paddock.Core.Alerts;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Incidents;

/// <summary>From alerts that are open to incidents, look after look.</summary>
public class WatchIncidentsTests
{
    private static readonly Alert outage = new() { Id = "alr_1", Rule = "provider-outage", Subject = "openai", Severity = AlertSeverity.Page, BeganAt = Noon, SeenAt = Noon, ToldAt = Noon, Says = "Provider openai failed 20 of 80 calls." };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_somebody_was_told_of_opens_one_incident_and_a_ticket_none()
    {
        await using var control = await StartAsync();
        await LookAsync(control, outage, outage with { Id = "alr_2", Rule = "spend-drift", Severity = AlertSeverity.Ticket }, outage with { Id = "alr_3", Subject = "other", ToldAt = null });
        await LookAsync(control, outage);

        var incident = (await IncidentsAsync(control)).ShouldHaveSingleItem();

        (incident.Title, incident.Severity, incident.Owner, incident.Eta - incident.BeganAt, incident.CreatedBy, incident.Rule).ShouldBe(("provider-outage: openai", "sev2", WatchIncidents.Nobody, TimeSpan.FromHours(1), "system:alerts", "provider-outage"));
        incident.Alerts.ShouldBe(["alr_1"]);
        (await TimelineAsync(control, incident.Id)).ShouldBe(["opened: provider-outage: openai (sev2). system:installation owns it; to be mitigated by 2026-03-04 13:00 UTC.", "alert: Provider openai failed 20 of 80 calls."]);
        control.Told.Of("incident").ShouldHaveSingleItem().Severity.ShouldBe(AlertSeverity.Page);
    }

    [Theory]
    [InlineData("openai", "provider-outage: openai")]
    [InlineData("usr_0000000000000000000000000000beef", "provider-outage")]
    [InlineData("monthly/usr_0000000000000000000000000000beef", "provider-outage")]
    [InlineData("monthly/key_0000000000000000000000000000beef", "provider-outage")]
    public async Task Whom_an_alert_is_about_is_not_everybodys(string subject, string title)
    {
        await using var control = await StartAsync();
        await LookAsync(control, outage with { Subject = subject });

        (await control.Get<ShowIncidentStatus>().RunAsync(await control.SignedInAsync("bob"), Cancellation)).ShouldBeDone().Open.ShouldHaveSingleItem().Title.ShouldBe(title);
    }

    [Fact]
    public async Task It_is_owned_by_whoever_is_on_call_else_by_the_rules_owner_else_by_somebody_who_may_operate()
    {
        await using var control = await StartAsync();
        await control.SignedInAsync("dev");
        await PersonAsync(control, "ops", "operator");
        (await OwnerAsync(control, "a")).ShouldBe("ops");

        await PersonAsync(control, "paddock"); // whom the shipped rules name as their owner
        (await OwnerAsync(control, "b")).ShouldBe("paddock");

        (await control.Get<SetOnCall>().RunAsync(Admin, new("dev"), Cancellation)).ShouldBeDone();
        (await OwnerAsync(control, "c")).ShouldBe("dev");

        (await control.Get<ChangeUser>().RunAsync(Admin, "dev", new() { Disabled = true }, Cancellation)).ShouldBeDone();
        (await OwnerAsync(control, "d")).ShouldBe("paddock");
    }

    [Fact]
    public async Task A_rule_says_how_grave_the_incident_is_that_it_opens_or_that_it_opens_none()
    {
        await using var control = await StartAsync();
        const string Rules = """
            apiVersion: paddock/v1alpha1
            kind: AlertRule
            metadata: {name: grave, owner: paddock}
            spec: {severity: page, incident: sev1, burst: {atLeast: 5}}
            ---
            apiVersion: paddock/v1alpha1
            kind: AlertRule
            metadata: {name: quiet, owner: paddock}
            spec: {severity: page, incident: none, burst: {atLeast: 5}}
            """;
        (await control.Get<ImportRelease>().RunAsync(Admin, new() { Files = [new("a.yaml", Rules)], Activate = true }, Cancellation)).ShouldBeDone();

        await LookAsync(control, outage with { Rule = "grave" }, outage with { Id = "alr_2", Rule = "quiet" });

        (await IncidentsAsync(control)).ShouldHaveSingleItem().Severity.ShouldBe("sev1");
    }

    [Fact]
    public async Task The_same_again_joins_the_incident_and_opens_it_again_within_half_an_hour_of_its_end()
    {
        await using var control = await StartAsync();
        await LookAsync(control, outage);
        var id = (await IncidentsAsync(control)).ShouldHaveSingleItem().Id;
        await LookAsync(control); // the alert is over, the incident is not
        await LookAsync(control, outage with { Id = "alr_2" });
        (await control.Get<ChangeIncident>().RunAsync(Admin, id, new() { Do = "resolve", Text = "Over." }, Cancellation)).ShouldBeDone();
        await LookAsync(control, outage with { Id = "alr_2" }); // whoever resolved it knew of that one
        (await IncidentsAsync(control)).ShouldHaveSingleItem().Status.ShouldBe("resolved");

        control.Time.Advance(TimeSpan.FromMinutes(29));
        await LookAsync(control, outage with { Id = "alr_3" });
        var again = (await IncidentsAsync(control)).ShouldHaveSingleItem();
        (again.Status, again.ResolvedAt).ShouldBe(("triggered", null));
        again.Alerts.ShouldBe(["alr_1", "alr_2", "alr_3"]);
        (await TimelineAsync(control, id)).Select(static one => one.Split(':')[0]).ShouldBe(["opened", "alert", "alert", "alert", "resolved", "reopened", "alert", "alert"], customMessage: "opened, why, over, again, resolved, again: why, and the second over");

        (await control.Get<ChangeIncident>().RunAsync(Admin, id, new() { Do = "resolve", Text = "Over." }, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromMinutes(30));
        await LookAsync(control, outage with { Id = "alr_4" });
        (await IncidentsAsync(control)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_was_mitigated_and_hurts_again_has_an_eta_again_that_can_be_over()
    {
        await using var control = await StartAsync();
        await LookAsync(control, outage);
        var id = (await IncidentsAsync(control)).ShouldHaveSingleItem().Id;
        (await control.Get<ChangeIncident>().RunAsync(Admin, id, new() { Do = "mitigate", Text = "Another answers." }, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromHours(2));

        await LookAsync(control, outage with { Id = "alr_2" });

        var again = (await IncidentsAsync(control)).ShouldHaveSingleItem();
        (again.Status, again.Eta).ShouldBe(("triggered", control.Time.GetUtcNow().AddHours(1)));
        (await TimelineAsync(control, id)).Select(static one => one.Split(':')[0]).ShouldBe(["opened", "alert", "mitigated", "reopened", "alert", "alert"], customMessage: "again: why, and the first is over");
    }

    [Fact]
    public async Task An_alert_that_goes_on_after_somebody_resolved_its_incident_opens_no_other_however_long_it_does()
    {
        await using var control = await StartAsync();
        await LookAsync(control, outage);
        await LookAsync(control, outage with { Id = "alr_2" });
        var id = (await IncidentsAsync(control)).ShouldHaveSingleItem().Id;
        (await control.Get<ChangeIncident>().RunAsync(Admin, id, new() { Do = "resolve", Text = "They know, and it takes days." }, Cancellation)).ShouldBeDone();

        control.Time.Advance(TimeSpan.FromHours(3));
        await LookAsync(control, outage with { Id = "alr_2" });

        (await IncidentsAsync(control)).ShouldHaveSingleItem().Status.ShouldBe("resolved");
    }

    [Fact]
    public async Task A_process_that_ended_before_it_was_done_is_followed_by_one_that_does_the_rest_and_nothing_twice()
    {
        await using var control = await StartAsync();
        control.Told.Fault = new InvalidOperationException("The process ends.");
        await Should.ThrowAsync<InvalidOperationException>(() => LookAsync(control, outage));
        control.Told.Fault = null;

        await LookAsync(Another(control), outage);
        await LookAsync(control, outage);

        (await IncidentsAsync(control)).ShouldHaveSingleItem();
        control.Told.Of("incident").Select(static one => one.Event).ShouldBe(["incident.opened"]);
    }

    [Fact]
    public async Task An_eta_that_is_over_and_an_update_that_did_not_come_are_noted_and_told_once_each_time()
    {
        await using var control = await StartAsync();
        await LookAsync(control, outage);
        var id = (await IncidentsAsync(control)).ShouldHaveSingleItem().Id;
        control.Time.Advance(TimeSpan.FromMinutes(60));
        await LookAsync(control, outage);
        (await IncidentsAsync(control)).ShouldHaveSingleItem().Overdue.ShouldBeFalse();

        control.Time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(control, outage);
        await LookAsync(Another(control), outage);
        var late = (await IncidentsAsync(control)).ShouldHaveSingleItem();
        (late.Overdue, late.UpdateOverdue).ShouldBe((true, true));
        string[] said = ["overdue: It was to be mitigated by 2026-03-04 13:00 UTC, and is not.", "overdue: An update was due by 2026-03-04 13:00 UTC, and did not come."];
        (await TimelineAsync(control, id)).Skip(2).ShouldBe(said);
        control.Told.Of("incident").Select(static one => one.Event).ShouldBe(["incident.opened", "incident.overdue", "incident.overdue"]);

        (await control.Get<ChangeIncident>().RunAsync(Admin, id, new() { Do = "eta", EtaSeconds = 600, Text = "It takes longer." }, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromMinutes(11));
        await LookAsync(control, outage);
        (await TimelineAsync(control, id))[^1].ShouldBe("overdue: It was to be mitigated by 2026-03-04 13:11 UTC, and is not.");

        (await control.Get<ChangeIncident>().RunAsync(Admin, id, new() { Do = "mitigate", Text = "Switched over." }, Cancellation)).ShouldBeDone();
        (await IncidentsAsync(control)).ShouldHaveSingleItem().Overdue.ShouldBeFalse();
    }

    private static WatchIncidents Another(ControlUnderTest control) => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<WatchIncidents>(control.Get<IServiceProvider>());

    private static Task LookAsync(ControlUnderTest control, params Alert[] open) => LookAsync(control.Get<WatchIncidents>(), open);

    private static Task LookAsync(WatchIncidents watch, params Alert[] open) => watch.LookAsync([.. open], Cancellation);

    private static async Task PersonAsync(ControlUnderTest control, string name, params string[] roles)
    {
        (await control.Get<CreateUser>().RunAsync(Admin, new() { Name = name }, Cancellation)).ShouldBeDone();
        (await control.Get<ChangeUser>().RunAsync(Admin, name, new() { Roles = roles }, Cancellation)).ShouldBeDone();
    }

    /// <returns>Who owns an incident that is opened now.</returns>
    private static async Task<string> OwnerAsync(ControlUnderTest control, string subject)
    {
        await LookAsync(control, outage with { Id = $"alr_{subject}", Subject = subject });
        return (await IncidentsAsync(control)).Single(one => one.Subjects.Contains(subject)).Owner;
    }

    private static async Task<IReadOnlyList<IncidentView>> IncidentsAsync(ControlUnderTest control) => (await control.Get<ListIncidents>().RunAsync(Admin, new(), Cancellation)).ShouldBeDone().Incidents;

    private static async Task<ImmutableArray<string>> TimelineAsync(ControlUnderTest control, string id) =>
        [.. (await control.Get<ShowIncident>().RunAsync(Admin, id, Cancellation)).ShouldBeDone().Timeline.Select(static one => $"{one.Kind}: {one.Text}")];
}
