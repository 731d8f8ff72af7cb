using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Audit;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

/// <summary>Keeping, finding and giving out; on both databases.</summary>
public sealed class PayloadStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_was_kept_is_read_back_and_each_reading_has_its_entry(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync("{\"command\":\"ls -la\"}");

        (await store.TextAsync(kept.Id)).ShouldBe("{\"command\":\"ls -la\"}");
        (await store.TextAsync(kept.Id)).ShouldBe("{\"command\":\"ls -la\"}");

        (await store.ActsAsync()).ShouldBe([AuditActs.ContentRead, AuditActs.ContentRead]);
        (await store.QueryAsync<string>($"SELECT ref FROM audit_entries WHERE act = '{AuditActs.ContentRead}'")).ShouldBe([kept.Id.Value, kept.Id.Value]);
        var info = (await store.Get<IPayloads>().FindAsync(kept.Id, Cancellation)).ShouldNotBeNull();
        info.ShouldBe(new PayloadInfo(kept.Id, kept.Key, StoreUnderTest.Noon, "tsk_1", "usr_1", 20, RedactedAt: null, IsHeld: false));
    }

    [Theory, EachEngine]
    public async Task A_message_is_kept_once_in_its_task_also_after_a_restart(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var first = await store.KeptAsync("again");
        var again = (await store.KeepAsync(PayloadsUnderTest.Capture("again") with { Field = "result" })).ShouldBeOfType<PayloadMark.Kept>();
        store.Get<RecentPayloads>().Forget();

        (await store.KeptAsync("again")).Id.ShouldBe(first.Id);
        again.ShouldBe(first with { Field = "result" });
        var others = new[] { await store.KeptAsync("again", task: "tsk_2"), await store.KeptAsync("again", principal: "usr_2"), await store.KeptAsync("again", cls: "restricted"), await store.KeptAsync("again.") };
        others.Select(one => one.Id).Append(first.Id).Distinct().Count().ShouldBe(5);
        (await store.QueryAsync<long>("SELECT COUNT(*) FROM audit_payloads")).ShouldBe([5]);
    }

    [Theory, EachEngine]
    public async Task Secrets_and_personal_data_are_masked_before_anything_is_kept(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = await store.KeptAsync("{\"to\":\"jane.doe+dev@mail.example.co.uk\"}");

        var text = await store.TextAsync(kept.Id);

        text.ShouldStartWith("{\"to\":\"[personal:email:");
        kept.Length.ShouldBe(text.Length);
    }

    [Theory, EachEngine]
    public async Task Content_and_salt_prove_what_the_entry_says_and_nothing_else_does(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (one, other) = (await store.KeptAsync("one"), (await store.KeepAsync(PayloadsUnderTest.Capture("other") with { Field = "result" })).ShouldBeOfType<PayloadMark.Kept>());
        await store.Get<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolOutcome, Actor = PayloadsUnderTest.Officer, Facts = [PayloadMark.Fact(one, other)] }, Cancellation);
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        var entry = (await store.QueryAsync<byte[]>($"SELECT entry FROM audit_entries WHERE act = '{AuditActs.ToolOutcome}'")).ShouldHaveSingleItem();

        var (shown, second) = ((PayloadReading.Content)await store.ReadAsync(one.Id), (PayloadReading.Content)await store.ReadAsync(other.Id));

        Disclosure.FieldOf(entry, shown.Salt.Span, shown.Bytes.Span).ShouldBe("args");
        Disclosure.FieldOf(entry, second.Salt.Span, second.Bytes.Span).ShouldBe("result");
        Disclosure.FieldOf(entry, shown.Salt.Span, "0ne"u8).ShouldBeNull();
        Disclosure.FieldOf(entry, second.Salt.Span, shown.Bytes.Span).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task Pages_are_newest_first_and_say_what_fits(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var kept = new List<PayloadId>();
        for (var i = 0; i < 5; i++)
        {
            kept.Add((await store.KeptAsync($"text {i}", task: i == 2 ? "tsk_2" : "tsk_1")).Id);
            store.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var payloads = store.Get<IPayloads>();
        var page = await payloads.ListAsync(new(new() { Task = "tsk_1" }, Limit: 2), Cancellation);
        var next = await payloads.ListAsync(new(new() { Task = "tsk_1" }, page[^1].Id), Cancellation);

        page.Concat(next).Select(one => one.Id).ShouldBe([kept[4], kept[3], kept[1], kept[0]]);
        (await payloads.ListAsync(new(new() { KeptBefore = StoreUnderTest.Noon.AddSeconds(1) }), Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(kept[0]);
    }

    [Theory, EachEngine]
    public async Task A_row_that_was_moved_or_changed_does_not_open(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (one, other) = (await store.KeptAsync("one"), await store.KeptAsync("two"));
        await store.ExecuteAsync($"UPDATE audit_sealed SET content = (SELECT content FROM audit_sealed WHERE seq = (SELECT seq FROM audit_payloads WHERE id = '{other.Id}')) WHERE seq = (SELECT seq FROM audit_payloads WHERE id = '{one.Id}')");

        (await store.ReadAsync(one.Id)).ShouldBeOfType<PayloadReading.Damaged>();
        (await store.TextAsync(other.Id)).ShouldBe("two");
        (await store.ReadAsync(PayloadId.Create(Guid.CreateVersion7(StoreUnderTest.Noon)))).ShouldBeOfType<PayloadReading.Missing>();
    }

    [Fact]
    public async Task After_a_second_the_entry_goes_on_without_its_content()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var never = new TaskCompletionSource<DataKey>();

        var keeping = Keeping(store, new Keys(() => new(never.Task))).KeepAsync(PayloadsUnderTest.Capture("text"), Cancellation);
        store.Time.Advance(TimeSpan.FromSeconds(1));

        (await keeping).ShouldBeOfType<PayloadMark.Unkept>().Why.ShouldBe(UnkeptReason.Late);
    }

    [Fact]
    public async Task Without_a_key_or_with_too_much_of_it_content_is_not_kept_and_the_entry_says_so()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var keeping = Keeping(store, new Keys(() => throw new KeyStoreException("away")));

        var failed = (await keeping.KeepAsync(PayloadsUnderTest.Capture("text"), Cancellation)).ShouldBeOfType<PayloadMark.Unkept>();
        var large = await store.KeepAsync(new("args", "content", null, "usr_1", new byte[PayloadKeeping.Largest + 1]));

        failed.Why.ShouldBe(UnkeptReason.Failed);
        large.ShouldBeOfType<PayloadMark.Unkept>().Why.ShouldBe(UnkeptReason.Large);
        await store.Get<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolOutcome, Actor = PayloadsUnderTest.Officer, Facts = [PayloadMark.Fact(failed)] }, Cancellation);
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        var entry = Encoding.UTF8.GetString((await store.QueryAsync<byte[]>($"SELECT entry FROM audit_entries WHERE act = '{AuditActs.ToolOutcome}'")).ShouldHaveSingleItem());
        entry.ShouldContain("\"payload\":[{\"alg\":\"HS256\",\"c\":\"");
        entry.ShouldContain("\"len\":4,\"unkept\":\"failed\"}]");
    }

    private static PayloadKeeping Keeping(StoreUnderTest store, IKeyStore keys) =>
        new(keys, new(keys), store.Get<RecordedDatabase>(), store.Get<RecentPayloads>(), store.Time, NullLogger<PayloadKeeping>.Instance);

    private sealed class Keys(Func<ValueTask<DataKey>> current) : IKeyStore
    {
        public ValueTask<DataKey> CurrentAsync(string cls, DateTimeOffset now, CancellationToken cancellationToken) => current();

        public ValueTask<KeyLookup> FindAsync(DataKeyId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<System.Collections.Immutable.ImmutableArray<DataKeyInfo>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DestroyAsync(DataKeyId id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
