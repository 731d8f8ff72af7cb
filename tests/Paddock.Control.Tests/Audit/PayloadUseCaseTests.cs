using System.Collections.Frozen;
using System.Text;
using Paddock.Control.Audit.Payloads;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Audit;

/// <summary>What operators do with kept content.</summary>
public sealed class PayloadUseCaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_given_out_with_its_salt_and_the_first_entry_that_names_it()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var kept = await KeepAsync(control, "rm -rf build");
        await AppendAsync(control, kept);

        var read = (await ReadAsync(control, kept.Id.Value)).ShouldBeDone();

        Encoding.UTF8.GetString(Convert.FromBase64String(read.Content)).ShouldBe("rm -rf build");
        read.Field.ShouldBe("args");
        Disclosure.FieldOf(Encoding.UTF8.GetBytes(read.Entry.ShouldNotBeNull()), Convert.FromBase64String(read.Salt), "rm -rf build"u8).ShouldBe("args");
    }

    [Fact]
    public async Task Content_that_no_entry_names_is_given_out_without_one_and_another_entry_is_no_proof()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var (one, other) = (await KeepAsync(control, "one"), await KeepAsync(control, "other"));
        var entry = await AppendAsync(control, other);

        (await ReadAsync(control, one.Id.Value)).ShouldBeDone().Entry.ShouldBeNull();
        (await control.Get<ReadContent>().RunAsync(ControlUnderTest.Admin, one.Id.Value, new("looked", entry.ToString("D")), Cancellation)).ShouldBeConflict();
        (await control.Get<ReadContent>().RunAsync(ControlUnderTest.Admin, one.Id.Value, new("looked", Guid.Empty.ToString("D")), Cancellation)).ShouldBeMissing();
        (await control.Get<ReadContent>().RunAsync(ControlUnderTest.Admin, one.Id.Value, new(" "), Cancellation)).ShouldBeInvalid("reason");
    }

    [Fact]
    public async Task A_dry_run_counts_and_takes_nothing_and_names_stand_for_ids()
    {
        await using var control = await ControlUnderTest.StartAsync();
        await control.KeyAsync();
        var ada = control.Get<IIdentities>().Current.Principals.Single(principal => principal.Name == "ada").Id.Value;
        var kept = await KeepAsync(control, "hers", ada);
        await KeepAsync(control, "another's");

        (await RedactAsync(control, new() { Principal = "ada", Reason = "asked for", DryRun = true })).ShouldBeDone().ShouldBe(new(1, 0, IsDryRun: true));
        (await ReadAsync(control, kept.Id.Value)).ShouldBeDone();
        (await RedactAsync(control, new() { Principal = "ada", Reason = "asked for" })).ShouldBeDone().ShouldBe(new(1, 0, IsDryRun: false));
        (await ReadAsync(control, kept.Id.Value)).ShouldBeConflict();
        (await ListAsync(control)).Contents.ShouldHaveSingleItem().Principal.ShouldNotBe(ada);
    }

    [Fact]
    public async Task Who_says_nothing_or_nonsense_redacts_nothing()
    {
        await using var control = await ControlUnderTest.StartAsync();
        await KeepAsync(control, "text");

        (await RedactAsync(control, new() { Reason = "r" })).ShouldBeInvalid("ids");
        (await RedactAsync(control, new() { Ids = [], Reason = "r" })).ShouldBeInvalid("ids");
        (await RedactAsync(control, new() { Ids = ["pay_1"], Reason = "r" })).ShouldBeInvalid("ids");
        (await RedactAsync(control, new() { Class = "No Class", Reason = "r" })).ShouldBeInvalid("class");
        (await RedactAsync(control, new() { Principal = "nobody", Reason = "r" })).ShouldBeMissing();
        (await RedactAsync(control, new() { Class = "content", Reason = "" })).ShouldBeInvalid("reason");
        (await ListAsync(control)).Contents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hold_keeps_content_and_key_until_it_ends()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var kept = await KeepAsync(control, "evidence");
        var hold = (await HoldAsync(control, new() { Task = "task_1", Reason = "a case" })).ShouldBeDone();

        (await RedactAsync(control, new() { Class = "content", Reason = "r" })).ShouldBeDone().ShouldBe(new(0, 1, IsDryRun: false));
        (await ShredAsync(control, kept.Key.Value)).ShouldBeConflict();
        (await ListAsync(control)).Contents.ShouldHaveSingleItem().Held.ShouldBeTrue();

        (await control.Get<EndHold>().RunAsync(ControlUnderTest.Admin, hold.Id, new("closed"), Cancellation)).ShouldBeDone().EndReason.ShouldBe("closed");
        (await control.Get<EndHold>().RunAsync(ControlUnderTest.Admin, hold.Id, new("closed"), Cancellation)).ShouldBeMissing();
        (await control.Get<ListHolds>().RunAsync(ControlUnderTest.Admin, Cancellation)).ShouldBeDone().Holds.ShouldHaveSingleItem().Subject.ShouldBe("task_1");
        (await ShredAsync(control, kept.Key.Value)).ShouldBeDone().State.ShouldBe("done");
        (await ShredAsync(control, kept.Key.Value)).ShouldBeDone().State.ShouldBe("done_before");
        (await control.Get<ListDataKeys>().RunAsync(ControlUnderTest.Admin, Cancellation)).ShouldBeDone().Keys.ShouldContain(key => key.Id == kept.Key.Value && key.Destroyed);
    }

    [Fact]
    public async Task A_hold_is_on_one_thing_and_a_mistyped_key_is_not_shredded()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var kept = await KeepAsync(control, "text");
        var other = kept.Key.Value[..^1] + (kept.Key.Value[^1] == '0' ? '1' : '0');

        (await HoldAsync(control, new() { Reason = "r" })).ShouldBeInvalid("task");
        (await HoldAsync(control, new() { Task = "task_1", Class = "content", Reason = "r" })).ShouldBeInvalid("task");
        (await HoldAsync(control, new() { Everything = true, Class = "content", Reason = "r" })).ShouldBeInvalid("task");
        (await ShredAsync(control, other)).ShouldBeMissing();
        (await ShredAsync(control, "no key")).ShouldBeMissing();
    }

    [Fact]
    public async Task The_retention_shows_what_is_due_and_what_a_hold_keeps_and_takes_nothing()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var rules = new RetentionRules { Classes = new Dictionary<string, TimeSpan?> { ["content"] = TimeSpan.FromDays(30), ["later"] = null }.ToFrozenDictionary() };
        control.Get<ISnapshots>().Publish(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content with { Retention = rules }));
        await KeepAsync(control, "one");
        await KeepAsync(control, "another's", "usr_00000000000000000000000000000003");
        await HoldAsync(control, new() { Principal = "usr_00000000000000000000000000000003", Reason = "a case" });
        control.Time.AdjustTime(control.Time.GetUtcNow().AddDays(31));
        await KeepAsync(control, "new");

        (await control.Get<ShowRetention>().RunAsync(ControlUnderTest.Admin, Cancellation)).ShouldBeDone().Classes.ShouldBe([new("content", 30, 3, 1, 1), new("later", null, 0, 0, 0)]);
        (await ListAsync(control)).Contents.Count.ShouldBe(3);
    }

    private static async Task<PayloadMark.Kept> KeepAsync(ControlUnderTest control, string text, string principal = "usr_00000000000000000000000000000002") =>
        (await control.Get<IPayloads>().KeepAsync(new("args", "content", "task_1", principal, Encoding.UTF8.GetBytes(text)), Cancellation)).ShouldBeOfType<PayloadMark.Kept>();

    private static async Task<Guid> AppendAsync(ControlUnderTest control, PayloadMark.Kept kept)
    {
        await control.Get<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolOutcome, Actor = AuditActor.Clock, Facts = [PayloadMark.Fact(kept)] }, Cancellation);
        return (await control.Get<IEntryReader>().ListAsync(new() { Act = AuditActs.ToolOutcome, Limit = 1 }, Cancellation)).Entries.ShouldHaveSingleItem().Id;
    }

    private static Task<Outcome<ContentReading>> ReadAsync(ControlUnderTest control, string id) => control.Get<ReadContent>().RunAsync(ControlUnderTest.Admin, id, new("looked"), Cancellation);

    private static Task<Outcome<RedactionView>> RedactAsync(ControlUnderTest control, RedactInput input) => control.Get<RedactContent>().RunAsync(ControlUnderTest.Admin, input, Cancellation);

    private static Task<Outcome<ShreddingView>> ShredAsync(ControlUnderTest control, string key) => control.Get<ShredKey>().RunAsync(ControlUnderTest.Admin, key, new("asked for"), Cancellation);

    private static Task<Outcome<HoldView>> HoldAsync(ControlUnderTest control, HoldInput input) => control.Get<LayHold>().RunAsync(ControlUnderTest.Admin, input, Cancellation);

    private static async Task<ContentList> ListAsync(ControlUnderTest control) =>
        (await control.Get<ListContent>().RunAsync(ControlUnderTest.Admin, new(null, null, null, null, null, null), Cancellation)).ShouldBeDone();
}
