using Paddock.Core.Audit;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Tests.Ledger;
using Paddock.Store.Tests.Policies;

namespace Paddock.Store.Tests.Audit;

public sealed class ReconciliationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_agrees_is_said_to_and_each_thing_that_is_missing_is_named(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await store.Get<IAuditLog>().AppendAsync(Intent("dec_0000"), Cancellation); // the log begins before all else
        foreach (var decision in (Core.Policies.Decisions.StoredDecision[])[Judged.Call(0), Judged.Call(1), Judged.Call(2), Judged.Call(3) with { Mutating = false }])
        {
            store.Decisions.TryAppend(decision).ShouldBeTrue();
        }

        await store.Decisions.FlushAsync(Cancellation);
        await store.Get<IAuditLog>().AppendAsync(Intent("dec_0001"), Cancellation);
        await store.Get<IAuditLog>().AppendAsync(Intent("dec_0002"), Cancellation);
        await store.Get<AuditWriter>().FlushAsync(Cancellation);
        (await RunAsync(store)).ShouldBe([("ledger = spend", 0, 0), ("decisions = intents", 3, 0), ("approvals = uses = intents", 0, 0)]);

        await store.ExecuteAsync("DELETE FROM audit_entries WHERE ref = 'dec_0001'");
        await store.ExecuteAsync("DELETE FROM decisions WHERE id = 'dec_0002'");
        await store.ExecuteAsync($"INSERT INTO spend (bucket, kind, subject, nano_usd, tokens) VALUES ({StoreUnderTest.Noon.ToMicros()}, 'key', 'key_9', 5, 1)");
        var found = await store.Get<IReconciliation>().RunAsync(StoreUnderTest.Noon.AddHours(-1), StoreUnderTest.Noon.AddHours(1), Cancellation);

        found.SelectMany(static pair => pair.Examples).ShouldBe(
            ["key_9 from 2026-03-04 12:00:00Z: 0 nano-USD in the ledger, 5 in the spend of budgets", "dec_0001 was let go without an intent", "dec_0002 has an intent and no decision"]);
    }

    [Theory, EachEngine]
    public async Task The_spend_of_calls_that_ended_is_what_budgets_were_charged(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var opening = Calls.Opening();
        store.Ledger.Open(opening);
        store.Ledger.Close(Calls.Closing(opening));
        await store.Ledger.FlushAsync(Cancellation);

        var pair = (await store.Get<IReconciliation>().RunAsync(StoreUnderTest.Noon.AddHours(-1), StoreUnderTest.Noon.AddHours(1), Cancellation)).First();

        (pair.Compared, pair.Differing).ShouldBe((1, 0));
    }

    private static async Task<List<(string, long, long)>> RunAsync(StoreUnderTest store) =>
        [.. (await store.Get<IReconciliation>().RunAsync(StoreUnderTest.Noon.AddHours(-1), StoreUnderTest.Noon.AddHours(1), Cancellation)).Select(static pair => (pair.Name, pair.Compared, pair.Differing))];

    private static AuditEvent Intent(string decision) => new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Agent("codex", "usr_1", null), Ref = decision };
}
