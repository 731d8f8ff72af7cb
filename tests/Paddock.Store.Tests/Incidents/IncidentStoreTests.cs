using System.Text;
using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Incidents;

namespace Paddock.Store.Tests.Incidents;

/// <summary>What IIncidents promises, on both databases.</summary>
public class IncidentStoreTests
{
    private static readonly AuditActor ada = AuditActor.Of("usr_0000000000000000000000000000ada0");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task An_incident_comes_back_as_it_was_kept_and_is_opened_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var incidents = store.Get<IIncidents>();
        var postmortem = new Postmortem
        {
            Summary = "s",
            Timeline = "12:00 it began",
            Authors = ["usr_1"],
            ApprovedBy = "usr_2",
            ApprovedAt = StoreUnderTest.Noon,
            Actions = [new() { Text = "t", Owner = "usr_1", Due = StoreUnderTest.Noon, Kind = ActionKind.Test, Link = "https://scm/1", Test = new("id", "1", "2") }, new() { Text = "later" }],
        };
        var whole = New("inc_1") with
        {
            Status = IncidentStatus.Closed,
            ResolvedAt = StoreUnderTest.Noon,
            ClosedAt = StoreUnderTest.Noon.AddDays(1),
            Rule = "outage",
            Subjects = ["openai"],
            Scopes = ["“payments”"],
            Alerts = ["alr_1"],
            Releases = ["sha256:1"],
            Notice = "Use the other one.",
            Postmortem = postmortem,
            LoweredBy = "usr_eve",
        };

        (await incidents.OpenAsync(whole, [IncidentMachine.Opened(whole)], ada, Cancellation)).ShouldBeTrue();
        (await incidents.OpenAsync(New("inc_1"), [IncidentMachine.Opened(whole)], ada, Cancellation)).ShouldBeFalse();

        Json((await incidents.FindAsync("inc_1", Cancellation)).ShouldNotBeNull()).ShouldBe(Json(whole));
        Json((await incidents.FindAsync("inc_1", Cancellation))!.Postmortem!).ShouldBe(Json(postmortem));
        (await incidents.TimelineAsync("inc_1", Cancellation)).ShouldHaveSingleItem().Number.ShouldBe(1);
        (await incidents.FindAsync("inc_2", Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task Each_line_of_the_timeline_is_an_entry_of_the_audit_log_with_its_words_sealed(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var incident = await OpenedAsync(store, "inc_1");
        await ApplyAsync(store, incident, new IncidentCommand.LinkAlert("alr_1", "openai", "It fails in secret ways."));

        var timeline = await store.Get<IIncidents>().TimelineAsync("inc_1", Cancellation);
        timeline.Select(static one => (one.Number, one.Kind, one.By)).ShouldBe([(1, IncidentEntryKind.Opened, "usr_eve"), (2, IncidentEntryKind.Alert, ada.Id)]);
        timeline[1].Facts.ShouldBe([new("alert", "alr_1")]);
        var entries = (await store.QueryAsync<byte[]>("SELECT entry FROM audit_entries WHERE act LIKE 'incident.%' ORDER BY id")).Select(Encoding.UTF8.GetString).ToList();
        entries.Select(static one => JsonDocument.Parse(one).RootElement.GetProperty("act").GetString()).ShouldBe(["incident.opened", "incident.alert"], ignoreOrder: true);
        entries.ShouldAllBe(static one => one.Contains("\"ref\":\"inc_1\"", StringComparison.Ordinal) && !one.Contains("secret", StringComparison.Ordinal) && !one.Contains("answers", StringComparison.Ordinal));
    }

    [Theory, EachEngine]
    public async Task Of_two_who_change_the_same_the_second_changes_nothing(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var seen = await OpenedAsync(store, "inc_1");
        var incidents = store.Get<IIncidents>();

        await ApplyAsync(store, seen, new IncidentCommand.Acknowledge());
        var late = IncidentMachine.Apply(seen, new IncidentCommand.Resolve("over"), ada.Id, StoreUnderTest.Noon).ShouldBeOfType<IncidentOutcome.Changed>();

        (await incidents.KeepAsync(late, ada, Cancellation)).ShouldBeFalse();
        (await incidents.FindAsync("inc_1", Cancellation))!.Status.ShouldBe(IncidentStatus.Acknowledged);
        (await incidents.TimelineAsync("inc_1", Cancellation)).Length.ShouldBe(2);
    }

    [Theory, EachEngine]
    public async Task Of_a_key_an_incident_has_one_note_and_without_one_each_is_kept(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await OpenedAsync(store, "inc_1");
        await OpenedAsync(store, "inc_2");
        var incidents = store.Get<IIncidents>();
        var (keyed, plain) = (Note("late") with { Key = "eta" }, Note("seen"));

        (await incidents.NoteAsync("inc_1", keyed, ada, Cancellation)).ShouldBeTrue();
        (await incidents.NoteAsync("inc_1", keyed, ada, Cancellation)).ShouldBeFalse();
        (await incidents.NoteAsync("inc_2", keyed, ada, Cancellation)).ShouldBeTrue();
        (await incidents.NoteAsync("inc_1", plain, ada, Cancellation)).ShouldBeTrue();
        (await incidents.NoteAsync("inc_1", plain, ada, Cancellation)).ShouldBeTrue();
        (await incidents.NoteAsync("inc_3", plain, ada, Cancellation)).ShouldBeFalse();

        (await incidents.TimelineAsync("inc_1", Cancellation)).Select(static one => (one.Number, one.Text, one.Key)).ShouldBe([(1, "Nothing answers (sev2). usr_ada owns it; to be mitigated by 2026-03-04 13:00 UTC.", null), (2, "late", "eta"), (3, "seen", null), (4, "seen", null)]);
    }

    [Theory, EachEngine]
    public async Task Incidents_are_listed_newest_first_a_page_at_a_time_those_that_are_open_or_changed_of_late_apart(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        foreach (var (id, status, minutes) in new[] { ("inc_1", IncidentStatus.Resolved, 0), ("inc_2", IncidentStatus.Mitigated, 5), ("inc_3", IncidentStatus.Closed, 5), ("inc_4", IncidentStatus.Triggered, 9) })
        {
            await OpenedAsync(store, id, status, StoreUnderTest.Noon.AddMinutes(minutes));
        }

        (await ListAsync(store, new() { Limit = 2 })).ShouldBe(["inc_4", "inc_3"]);
        (await ListAsync(store, new() { Limit = 2, Before = "inc_3" })).ShouldBe(["inc_2", "inc_1"]);
        (await ListAsync(store, new() { Open = true })).ShouldBe(["inc_4", "inc_2"]);
        (await ListAsync(store, new() { ChangedSince = StoreUnderTest.Noon.AddMinutes(5) })).ShouldBe(["inc_4", "inc_3", "inc_2"]);
        (await ListAsync(store, new() { ChangedSince = StoreUnderTest.Noon.AddMinutes(6) })).ShouldBe(["inc_4", "inc_2"]);
    }

    [Theory, EachEngine]
    public async Task Whoever_was_named_last_is_on_call_until_their_time_is_over(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (incidents, noon) = (store.Get<IIncidents>(), StoreUnderTest.Noon);
        (await incidents.OnCallAsync(noon, Cancellation)).ShouldBeNull();

        await incidents.SetOnCallAsync(new("usr_1", noon, null), ada, Cancellation);
        await incidents.SetOnCallAsync(new("usr_2", noon.AddHours(1), noon.AddHours(2)), ada, Cancellation);

        (await incidents.OnCallAsync(noon.AddMinutes(59), Cancellation)).ShouldBe(new("usr_1", noon, null));
        (await incidents.OnCallAsync(noon.AddHours(1), Cancellation))!.Principal.ShouldBe("usr_2");
        (await incidents.OnCallAsync(noon.AddHours(2), Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task In_a_task_a_text_is_told_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (incidents, noon) = (store.Get<IIncidents>(), StoreUnderTest.Noon);

        (await incidents.TellAsync("task_1", "Use the other one.", noon, Cancellation)).ShouldBeTrue();
        (await incidents.TellAsync("task_1", "Use the other one.", noon.AddDays(1), Cancellation)).ShouldBeFalse();
        (await incidents.TellAsync("task_1", "It is over soon.", noon, Cancellation)).ShouldBeTrue();
        (await incidents.TellAsync("task_2", "Use the other one.", noon.AddDays(31), Cancellation)).ShouldBeTrue();
        (await store.QueryAsync<string>("SELECT task_id FROM incident_tellings")).ShouldBe(["task_2"]);
    }

    private static async Task<Incident> OpenedAsync(StoreUnderTest store, string id, IncidentStatus status = IncidentStatus.Triggered, DateTimeOffset? at = null)
    {
        var incident = New(id) with { Status = status, BeganAt = at ?? StoreUnderTest.Noon, ChangedAt = at ?? StoreUnderTest.Noon };
        await store.Get<IIncidents>().OpenAsync(incident, [IncidentMachine.Opened(incident)], ada, Cancellation);
        return incident;
    }

    private static async Task ApplyAsync(StoreUnderTest store, Incident incident, IncidentCommand command) =>
        (await store.Get<IIncidents>().KeepAsync(IncidentMachine.Apply(incident, command, ada.Id, StoreUnderTest.Noon).ShouldBeOfType<IncidentOutcome.Changed>(), ada, Cancellation)).ShouldBeTrue();

    private static async Task<IEnumerable<string>> ListAsync(StoreUnderTest store, IncidentQuery query) => (await store.Get<IIncidents>().ListAsync(query, Cancellation)).Select(static one => one.Id);

    private static IncidentEntry Note(string text) => IncidentMachine.Note(IncidentEntryKind.Note, text, ada.Id, StoreUnderTest.Noon);

    private static string Json(object value) => JsonSerializer.Serialize(value);

    private static Incident New(string id) => new()
    {
        Id = id,
        Title = "Nothing answers",
        Severity = IncidentSeverity.Sev2,
        Owner = "usr_ada",
        Eta = StoreUnderTest.Noon.AddHours(1),
        CreatedBy = "usr_eve",
        BeganAt = StoreUnderTest.Noon,
        UpdatedAt = StoreUnderTest.Noon,
        ChangedAt = StoreUnderTest.Noon,
    };
}
