using System.Text;
using System.Text.Json;
using Paddock.Control.Approvals;
using Paddock.Control.Audit;
using Paddock.Control.Audit.Payloads;
using Paddock.Control.Containments;
using Paddock.Control.Identity;
using Paddock.Control.Incidents;
using Paddock.Control.Releases;
using Paddock.Control.Tests.Approvals;
using Paddock.Control.Tests.Releases;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Control.Tests.Audit;

/// <summary>An entry names whoever asked for what it tells of, and the key they came with.</summary>
public class EntryActorTests
{
    private static readonly Actor ada = new("usr_0000000000000000000000000000ada0", ControlRoles.Admin, KeyId.Parse("key_0000000000000000000000000000ada1"));

    private static readonly Dictionary<string, (string[] Acts, Func<ControlUnderTest, CancellationToken, Task> Run)> deeds = new()
    {
        ["keys"] = (["principal.created", "key.created", "key.rotated", "key.revoked"], async (c, t) =>
        {
            var key = (await c.Get<CreateKey>().RunAsync(ada, new() { Name = "k", User = "u" }, t)).ShouldBeDone();
            await c.Get<RotateKey>().RunAsync(ada, key.Key.Id, new(), t);
            await c.Get<RevokeKey>().RunAsync(ada, key.Key.Id, t);
        }
        ),
        ["users"] = (["principal.created", "principal.changed", "principal.erased"], async (c, t) =>
        {
            await c.Get<CreateUser>().RunAsync(ada, new() { Name = "bob" }, t);
            await c.Get<ChangeUser>().RunAsync(ada, "bob", new() { Disabled = true }, t);
            (await c.Get<EraseUser>().RunAsync(ada, "bob", t)).ShouldBeDone();
        }
        ),
        ["releases"] = (["release.imported", "release.activated"], async (c, t) => (await c.Get<ImportRelease>().RunAsync(ada, ReleaseTests.Named("one") with { Activate = true }, t)).ShouldBeDone()),
        ["containments"] = (["containment.contained", "containment.lifted"], async (c, t) =>
        {
            var made = (await c.Get<Contain>().RunAsync(ada, new() { Agent = "codex", Reason = "r" }, t)).ShouldBeDone();
            (await c.Get<LiftContainment>().RunAsync(ada, made.Containment.Id, new("r"), t)).ShouldBeDone();
        }
        ),
        ["incidents"] = (["incident.opened", "incident.acknowledged", "incident.on_call", "principal.created"], async (c, t) =>
        {
            await c.Get<CreateUser>().RunAsync(ada, new() { Name = "bob" }, t);
            await c.Get<SetOnCall>().RunAsync(ada, new("bob"), t);
            var made = (await c.Get<OpenIncident>().RunAsync(ada, new() { Title = "t", Severity = "sev3", EtaSeconds = 60 }, t)).ShouldBeDone();
            (await c.Get<ChangeIncident>().RunAsync(ada, made.Id, new() { Do = "ack" }, t)).ShouldBeDone();
        }
        ),
        ["the glass"] = ([AuditActs.BreakGlass, AuditActs.BreakGlassEnded], async (c, t) =>
        {
            (await c.Get<BreakTheGlass>().RunAsync(ada, new("r", 60), t)).ShouldBeDone();
            (await c.Get<MendTheGlass>().RunAsync(ada, t)).ShouldBeDone();
        }
        ),
        ["holds"] = ([AuditActs.Held, AuditActs.HoldEnded], async (c, t) =>
        {
            var hold = (await c.Get<LayHold>().RunAsync(ada, new() { Everything = true, Reason = "r" }, t)).ShouldBeDone();
            (await c.Get<EndHold>().RunAsync(ada, hold.Id, new("r"), t)).ShouldBeDone();
        }
        ),
    };

    public static TheoryData<string> Names => [.. deeds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_entry_of_a_change_names_who_asked_and_the_key(string name)
    {
        await using var control = await ControlUnderTest.StartAsync();
        var (acts, run) = deeds[name];

        await run(control, TestContext.Current.CancellationToken);

        var entries = await EntriesAsync(control);
        entries.Select(Act).Order().ShouldBe(acts.Order());
        entries.Select(Who).Distinct().ShouldBe([(ada.Id, ada.Key!.Value.Value)]);
    }

    [Fact]
    public async Task A_vote_is_the_voters_and_its_end_too()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var inbox = await new Inbox(control).OpenAsync();
        var lead = await inbox.AsAsync("ada");
        var id = await inbox.AskAsync();
        var before = (await EntriesAsync(control)).Select(static entry => entry.GetRawText()).ToHashSet();

        (await control.Get<ApproveRequest>().RunAsync(lead, id, new("fine"), TestContext.Current.CancellationToken)).ShouldBeDone();

        var entries = (await EntriesAsync(control)).FindAll(entry => !before.Contains(entry.GetRawText()));
        entries.ShouldNotBeEmpty();
        entries.Select(Who).Distinct().ShouldBe([(lead.Id, lead.Key!.Value.Value)]);
    }

    private static async Task<List<JsonElement>> EntriesAsync(ControlUnderTest control) =>
    [
        .. (await control.Get<IEntryReader>().ListAsync(new(), TestContext.Current.CancellationToken)).Entries
            .Where(static entry => entry.Act != AuditActs.ShardOpened)
            .Select(static entry => JsonDocument.Parse(Encoding.UTF8.GetString(entry.Bytes.Span)).RootElement),
    ];

    private static string Act(JsonElement entry) => entry.GetProperty("act").GetString() ?? "";

    private static (string? Id, string? Via) Who(JsonElement entry) =>
        (entry.GetProperty("actor").GetProperty("id").GetString(), entry.GetProperty("actor").TryGetProperty("via", out var via) ? via.GetString() : null);
}
