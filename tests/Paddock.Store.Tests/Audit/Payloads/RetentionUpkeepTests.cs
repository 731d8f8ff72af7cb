using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

/// <summary>What was kept long enough goes by itself; on both databases.</summary>
public sealed class RetentionUpkeepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_is_older_than_its_class_is_kept_goes_once_a_day_and_the_log_says_so(Engine engine)
    {
        await using var store = await StartAsync(engine, new() { Others = TimeSpan.FromDays(30), Classes = Classes(("incident", 400), ("evidence", null)) });
        var (usual, incident, evidence) = (await store.KeptAsync("usual"), await store.KeptAsync("incident", cls: "incident"), await store.KeptAsync("evidence", cls: "evidence"));
        await LookAsync(store);

        store.Skip(TimeSpan.FromDays(10));
        var later = await store.KeptAsync("later");
        store.Skip(TimeSpan.FromDays(20));
        await LookAsync(store);
        (await store.TextAsync(usual.Id)).ShouldBe("usual"); // 30 days to the second
        store.Skip(TimeSpan.FromHours(1));
        await LookAsync(store);
        (await store.TextAsync(usual.Id)).ShouldBe("usual"); // it was looked at today
        store.Skip(TimeSpan.FromDays(1));
        await LookAsync(store);

        (await store.ReadAsync(usual.Id)).ShouldBeOfType<PayloadReading.Redacted>();
        (await store.TextAsync(later.Id)).ShouldBe("later");
        (await store.TextAsync(incident.Id)).ShouldBe("incident");
        (await store.TextAsync(evidence.Id)).ShouldBe("evidence");
        (await store.QueryAsync<string>($"SELECT ref FROM audit_entries WHERE act = '{AuditActs.Redacted}'")).ShouldBe([usual.Id.Value]);
    }

    [Theory, EachEngine]
    public async Task A_key_goes_when_its_month_and_then_the_retention_are_over(Engine engine)
    {
        await using var store = await StartAsync(engine, new() { Others = TimeSpan.FromDays(30) });
        var kept = await store.KeptAsync("text"); // in March
        store.Time.AdjustTime(new(2026, 4, 30, 23, 59, 59, TimeSpan.Zero));
        await LookAsync(store);
        (await store.Get<IKeyStore>().FindAsync(kept.Key, Cancellation)).ShouldBeOfType<KeyLookup.Found>();

        store.Skip(TimeSpan.FromSeconds(1));
        await LookAsync(store);

        (await store.Get<IKeyStore>().FindAsync(kept.Key, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        (await store.QueryAsync<string>($"SELECT ref FROM audit_entries WHERE act = '{AuditActs.Shredded}'")).ShouldBe([kept.Key.Value]);
        (await store.Get<IKeyStore>().ListAsync(Cancellation)).ShouldContain(key => key.Id.Class == KeyClasses.Names && !key.IsDestroyed);
    }

    [Fact]
    public async Task What_is_held_stays_until_the_hold_ends()
    {
        await using var store = await StartAsync(Engine.Sqlite, new() { Others = TimeSpan.FromDays(1) });
        var kept = await store.KeptAsync("text");
        var hold = await store.HoldAsync(HoldScope.OfTask("tsk_1"));
        store.Skip(TimeSpan.FromDays(100));
        await LookAsync(store);
        (await store.TextAsync(kept.Id)).ShouldBe("text");

        await store.Get<IPayloads>().EndHoldAsync(hold.Id, PayloadsUnderTest.Officer, "closed", Cancellation);
        store.Skip(TimeSpan.FromDays(1));
        await LookAsync(store);

        (await store.Get<IKeyStore>().FindAsync(kept.Key, Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
        (await store.QueryAsync<long>("SELECT COUNT(*) FROM audit_payloads")).ShouldBe([0]);
    }

    [Fact]
    public async Task Without_a_policy_nothing_goes()
    {
        await using var store = await StartAsync(Engine.Sqlite, RetentionRules.None);
        var kept = await store.KeptAsync("text");
        store.Skip(TimeSpan.FromDays(10_000));
        await LookAsync(store);

        (await store.TextAsync(kept.Id)).ShouldBe("text");
    }

    /// <summary>Without ringing every clock of the store on the way: looks are asked for.</summary>
    private static Task LookAsync(StoreUnderTest store) => store.Get<RetentionUpkeep>().LookAsync(Cancellation);

    private static FrozenDictionary<string, TimeSpan?> Classes(params (string Name, int? Days)[] classes) =>
        classes.ToFrozenDictionary(one => one.Name, one => one.Days is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null);

    private static Task<StoreUnderTest> StartAsync(Engine engine, RetentionRules rules) => StoreUnderTest.StartAsync(
        engine, wire: services => services.AddSingleton<ISnapshots>(new SnapshotHolder(SnapshotBuilder.Build(((LoadOutcome.Loaded)ReleaseLoader.Load([])).Content with { Retention = rules }))));
}
