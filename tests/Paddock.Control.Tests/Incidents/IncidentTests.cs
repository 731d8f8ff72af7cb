using Paddock.Control.Identity;
using Paddock.Control.Incidents;
using Paddock.Control.Releases;
using Paddock.Control.Tests.Releases;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Incidents;

public class IncidentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_is_opened_with_an_owner_an_eta_and_the_releases_of_the_last_two_hours_and_people_are_told()
    {
        await using var control = await StartAsync();
        await control.SignedInAsync("ada");
        (await control.Get<ImportRelease>().RunAsync(Admin, ReleaseTests.Named("old") with { Activate = true }, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromHours(2).Add(TimeSpan.FromSeconds(1)));
        var release = (await control.Get<ImportRelease>().RunAsync(Admin, ReleaseTests.Named("new") with { Activate = true }, Cancellation)).ShouldBeDone();
        control.Time.Advance(TimeSpan.FromMinutes(30));

        var opened = (await control.Get<OpenIncident>().RunAsync(Admin, Nothing("ada"), Cancellation)).ShouldBeDone();

        (opened.Severity, opened.Status, opened.Owner, opened.Eta - opened.BeganAt, opened.Overdue).ShouldBe(("sev2", "triggered", "ada", TimeSpan.FromMinutes(45), false));
        opened.Releases.ShouldBe([release.Digest]);
        var shown = (await control.Get<ShowIncident>().RunAsync(Admin, opened.Id, Cancellation)).ShouldBeDone();
        shown.Timeline.Select(static one => one.Kind).ShouldBe(["opened", "release"]);
        shown.Timeline[0].Text.ShouldBe("Nothing answers (sev2). ada owns it; to be mitigated by 2026-03-04 15:15 UTC.");
        shown.Postmortem.Version.ShouldBe(0);
        shown.Missing.ShouldBe(["Its postmortem is missing."]);
        var told = control.Told.Of("incident").ShouldHaveSingleItem();
        (told.Event, told.Text).ShouldBe(("incident.opened", "SEV2 Nothing answers, opened: Nothing answers (sev2). ada owns it; to be mitigated by 2026-03-04 15:15 UTC."));
        (await ListAsync(control)).ShouldBe([opened.Id]);
    }

    [Fact]
    public async Task One_person_who_is_there_owns_an_incident_and_nobody_else()
    {
        await using var control = await StartAsync();
        await control.SignedInAsync("ada");
        await control.SignedInAsync("gone");
        await control.Get<CreateUser>().RunAsync(Admin, new() { Name = "robot", Service = true }, Cancellation);
        await control.Get<ChangeUser>().RunAsync(Admin, "gone", new() { Disabled = true }, Cancellation);

        foreach (var owner in new[] { "nobody", "gone", "robot", null })
        {
            (await control.Get<OpenIncident>().RunAsync(Admin, Nothing(owner), Cancellation)).ShouldBeInvalid("owner"); // nobody is on call, and who asks is no person
        }

        (await control.Get<SetOnCall>().RunAsync(Admin, new("gone"), Cancellation)).ShouldBeInvalid("user");
        (await control.Get<SetOnCall>().RunAsync(Admin, new("ada", 3_600), Cancellation)).ShouldBeDone();
        (await control.Get<OpenIncident>().RunAsync(Admin, Nothing(null), Cancellation)).ShouldBeDone().Owner.ShouldBe("ada");
        control.Time.Advance(TimeSpan.FromHours(1));
        (await control.Get<ShowOnCall>().RunAsync(Admin, Cancellation)).ShouldBeDone().User.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_said_of_an_incident_is_bounded()
    {
        await using var control = await StartAsync();
        await control.SignedInAsync("ada");
        foreach (var (input, field) in new (OpenIncidentInput, string)[]
        {
            (Nothing("ada") with { Title = "two\nlines" }, "title"), (Nothing("ada") with { Title = new('x', 201) }, "title"), (Nothing("ada") with { Severity = "sev5" }, "severity"), (Nothing("ada") with { EtaSeconds = 0 }, "etaSeconds"),
            (Nothing("ada") with { EtaSeconds = (30 * 86_400) + 1 }, "etaSeconds"), (Nothing("ada") with { Scopes = [.. Enumerable.Repeat("web", 21)] }, "scopes"), (Nothing("ada") with { Notice = new('x', 301) }, "notice"),
        })
        {
            (await control.Get<OpenIncident>().RunAsync(Admin, input, Cancellation)).ShouldBeInvalid(field);
        }

        var id = (await control.Get<OpenIncident>().RunAsync(Admin, Nothing("ada"), Cancellation)).ShouldBeDone().Id;
        foreach (var (input, field) in new (IncidentChangeInput, string)[]
        {
            (new() { Do = "explode", Text = "t" }, "do"), (new() { Do = "update", Text = " " }, "text"), (new() { Do = "update", Text = new('x', 2_001) }, "text"), (new() { Do = "update", Text = "bell\a" }, "text"),
            (new() { Do = "eta", Text = "t" }, "etaSeconds"), (new() { Do = "severity", Severity = "1", Text = "t" }, "severity"), (new() { Do = "assign", Owner = "nobody" }, "owner"), (new() { Do = "alert", Alert = "alr_1" }, "alert"),
            (new() { Do = "release", Release = "ffffff" }, "release"), (new() { Do = "notice", Text = "two\nlines" }, "text"),
        })
        {
            (await control.Get<ChangeIncident>().RunAsync(Admin, id, input, Cancellation)).ShouldBeInvalid(field);
        }
    }

    [Fact]
    public async Task An_alert_about_everything_stands_in_the_timeline_without_a_gap_where_its_subject_would_be()
    {
        await using var control = await StartAsync();
        await control.SignedInAsync("ada");
        var (id, now) = ((await control.Get<OpenIncident>().RunAsync(Admin, Nothing("ada"), Cancellation)).ShouldBeDone().Id, control.Time.GetUtcNow());
        await control.Get<IAlerts>().KeepAsync(new([new() { Id = "alr_1", Rule = "spend-surge", Subject = "", Severity = AlertSeverity.Page, BeganAt = now, SeenAt = now, Says = "It is so." }], [], []), [], Cancellation);

        (await DoAsync(control, Admin, id, new() { Do = "alert", Alert = "alr_1" })).ShouldBeDone();

        (await control.Get<ShowIncident>().RunAsync(Admin, id, Cancellation)).ShouldBeDone().Timeline.Select(static one => one.Text).ShouldContain("spend-surge: It is so.");
    }

    [Fact]
    public async Task Whoever_owns_an_incident_may_do_with_it_what_it_takes_and_no_other_without_the_role()
    {
        await using var control = await StartAsync();
        var (ada, bob) = (await control.SignedInAsync("ada"), await control.SignedInAsync("bob"));
        var id = (await control.Get<OpenIncident>().RunAsync(Admin, Nothing("ada"), Cancellation)).ShouldBeDone().Id;

        (await DoAsync(control, ada, id, new() { Do = "ack" })).ShouldBeDone().Status.ShouldBe("acknowledged");
        (await control.Get<ShowIncident>().RunAsync(ada, id, Cancellation)).ShouldBeDone();
        (await control.Get<WritePostmortem>().RunAsync(ada, id, new() { Version = 0, Summary = "s" }, Cancellation)).ShouldBeDone();
        (await control.Get<ApprovePostmortem>().RunAsync(ada, id, version: null, Cancellation)).ShouldBeForbidden(ControlRoles.Operator);
        (await DoAsync(control, bob, id, new() { Do = "ack" })).ShouldBeForbidden(ControlRoles.Operator);
        (await control.Get<ShowIncident>().RunAsync(bob, id, Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        (await DoAsync(control, Admin, id, new() { Do = "assign", Owner = "bob" })).ShouldBeDone().Owner.ShouldBe("bob");
        (await DoAsync(control, ada, id, new() { Do = "update", Text = "t" })).ShouldBeForbidden(ControlRoles.Operator);
    }

    [Fact]
    public async Task A_grave_one_is_closed_when_somebody_else_has_approved_a_postmortem_whose_finding_became_a_test()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        var id = (await control.Get<OpenIncident>().RunAsync(Admin, Nothing("ada"), Cancellation)).ShouldBeDone().Id;
        await DoAsync(control, ada, id, new() { Do = "resolve", Text = "It answers." });
        (await DoAsync(control, ada, id, new() { Do = "close", Text = "Done." })).ShouldBeOfType<Outcome<IncidentView>.Conflict>().Message.ShouldBe("Its postmortem is missing.");

        var begun = (await control.Get<ShowIncident>().RunAsync(ada, id, Cancellation)).ShouldBeDone().Postmortem;
        begun.Timeline.ShouldContain("ada resolved: It answers.");
        var test = new ActionItemView("A release without a route is refused.", "ada", Noon.AddDays(7), "test", "https://scm.example/1", "RouteTests.None", "17", "18");
        var whole = new PostmortemInput { Version = 0, Summary = begun.Summary, Impact = "All.", Timeline = begun.Timeline, Causes = "No route.", Actions = [test] };
        (await control.Get<WritePostmortem>().RunAsync(ada, id, whole with { Actions = [test with { Owner = "nobody" }] }, Cancellation)).ShouldBeInvalid("actions[0]");
        (await control.Get<WritePostmortem>().RunAsync(ada, id, whole with { Actions = [test, null!] }, Cancellation)).ShouldBeInvalid("actions[1]");
        (await control.Get<WritePostmortem>().RunAsync(ada, id, whole, Cancellation)).ShouldBeDone();
        (await control.Get<WritePostmortem>().RunAsync(Admin, id, whole, Cancellation)).ShouldBeConflict(); // over one that was not read
        (await DoAsync(control, ada, id, new() { Do = "close", Text = "Done." })).ShouldBeOfType<Outcome<IncidentView>.Conflict>().Message.ShouldBe("Its postmortem is not approved, or was changed since.");
        (await control.Get<ApprovePostmortem>().RunAsync(ada with { Roles = ControlRoles.Operator }, id, version: null, Cancellation)).ShouldBeConflict();
        (await control.Get<ApprovePostmortem>().RunAsync(Admin, id, version: 0, Cancellation)).ShouldBeConflict(); // it was written since
        (await control.Get<ApprovePostmortem>().RunAsync(Admin, id, version: 1, Cancellation)).ShouldBeDone();

        (await DoAsync(control, ada, id, new() { Do = "close", Text = "Done." })).ShouldBeDone().Status.ShouldBe("closed");
        var written = (await control.Get<ShowIncident>().RunAsync(Admin, id, Cancellation)).ShouldBeDone();
        written.Postmortem.Actions.ShouldBe([test]);
        written.Postmortem.Authors.ShouldBe(["ada"]);
        written.Missing.ShouldBeEmpty();
        control.Told.Of("incident").Select(static one => one.Event).ShouldBe(["incident.opened", "incident.resolved", "incident.closed"]);
    }

    [Fact]
    public async Task What_nobody_can_be_told_of_is_kept_all_the_same_and_told_with_the_next_look()
    {
        await using var control = await StartAsync();
        await control.SignedInAsync("ada");
        control.Told.Fault = new InvalidOperationException("The database is away.");
        var id = (await control.Get<OpenIncident>().RunAsync(Admin, Nothing("ada"), Cancellation)).ShouldBeDone().Id;
        await Should.ThrowAsync<InvalidOperationException>(() => control.Get<WatchIncidents>().LookAsync([], Cancellation));

        control.Told.Fault = null;
        await control.Get<WatchIncidents>().LookAsync([], Cancellation);
        await control.Get<WatchIncidents>().LookAsync([], Cancellation);

        control.Told.Of("incident").ShouldHaveSingleItem().Facts.ToDictionary()["incident"].ShouldBe(id);
    }

    [Fact]
    public async Task Everybody_who_is_known_reads_what_is_wrong_now_and_nothing_else_of_it()
    {
        await using var control = await StartAsync();
        var bob = await control.SignedInAsync("bob");
        var id = (await control.Get<OpenIncident>().RunAsync(Admin, Nothing("bob") with { Notice = "Use the other model." }, Cancellation)).ShouldBeDone().Id;
        await DoAsync(control, Admin, id, new() { Do = "update", Text = "We know why." });

        var news = (await control.Get<ShowIncidentStatus>().RunAsync(bob, Cancellation)).ShouldBeDone().Open.ShouldHaveSingleItem();

        (news.Title, news.Severity, news.Notice, news.Updates.ShouldHaveSingleItem().Text).ShouldBe(("Nothing answers", "sev2", "Use the other model.", "We know why."));
        (await control.Get<ShowIncidentStatus>().RunAsync(new("usr_0000000000000000000000000000dead", ControlRoles.None), Cancellation)).ShouldBeForbidden(ControlRoles.Viewer);
        await DoAsync(control, Admin, id, new() { Do = "resolve", Text = "Over." });
        (await control.Get<ShowIncidentStatus>().RunAsync(bob, Cancellation)).ShouldBeDone().Open.ShouldBeEmpty();
    }

    private static OpenIncidentInput Nothing(string? owner) => new() { Title = "Nothing answers", Severity = "sev2", EtaSeconds = 2_700, Owner = owner };

    private static Task<Outcome<IncidentView>> DoAsync(ControlUnderTest control, Actor actor, string id, IncidentChangeInput input) => control.Get<ChangeIncident>().RunAsync(actor, id, input, Cancellation);

    private static async Task<IEnumerable<string>> ListAsync(ControlUnderTest control) => (await control.Get<ListIncidents>().RunAsync(Admin, new() { Open = true }, Cancellation)).ShouldBeDone().Incidents.Select(static one => one.Id);
}
