using Paddock.Core.Audit;
using Paddock.Store.Audit;

namespace Paddock.Store.Tests.Audit;

/// <summary>A disk that fills up is told of ahead; on a full one somebody may break the glass, for a while and not in silence.</summary>
public sealed class FullDiskTests
{
    private static readonly AuditActor ada = AuditActor.Of("usr_1", "key_1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task While_the_glass_is_broken_entries_go_to_the_reserve_and_later_into_the_database(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        var (log, glass) = (store.Get<AuditWriter>(), store.Get<IBreakGlass>());
        (devices.DatabaseAway, devices.DiskFull) = (true, true);
        await Should.ThrowAsync<AuditUnavailableException>(log.AppendAsync(Happened("dec_1"), Cancellation));

        (await glass.OpenAsync(ada, "A release must go out", TimeSpan.FromSeconds(3), Cancellation)).ShouldBeTrue();
        await log.AppendAsync(Happened("dec_2"), Cancellation);
        store.Time.Advance(TimeSpan.FromSeconds(4));
        await log.FlushAsync(Cancellation);
        await Should.ThrowAsync<AuditUnavailableException>(log.AppendAsync(Happened("dec_3"), Cancellation));

        (devices.DatabaseAway, devices.DiskFull) = (false, false);
        store.Time.Advance(TimeSpan.FromSeconds(1));
        await log.FlushAsync(Cancellation);
        await log.AppendAsync(Happened("dec_4"), Cancellation);
        await log.FlushAsync(Cancellation);
        var entries = await store.QueryAsync<string>($"SELECT act FROM audit_entries WHERE act <> '{AuditActs.ShardOpened}' ORDER BY act");
        entries.ShouldBe([AuditActs.BreakGlass, AuditActs.Resumed, AuditActs.Resumed, AuditActs.ToolIntent, AuditActs.ToolIntent]);
        (await store.QueryAsync<string>("SELECT ref FROM audit_entries WHERE ref IS NOT NULL ORDER BY ref")).ShouldBe(["dec_2", "dec_4"]);
        devices.Told.ShouldBe(["audit.unavailable", AuditActs.BreakGlass, "audit.resumed", "audit.unavailable", "audit.resumed"]);
    }

    [Theory, EachEngine]
    public async Task The_glass_is_mended_at_any_time_and_stays_whole_without_a_reserve(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, options => options with { AuditReserveBytes = 4096 }, wire: devices.On(engine));
        var (log, glass) = (store.Get<AuditWriter>(), store.Get<IBreakGlass>());
        (devices.DatabaseAway, devices.DiskFull) = (true, true);
        await glass.OpenAsync(ada, "A release must go out", TimeSpan.FromHours(40), Cancellation);
        glass.Until.ShouldBe(store.Time.GetUtcNow() + IBreakGlass.Longest);

        (await glass.CloseAsync(ada, Cancellation)).ShouldBeTrue();
        (await glass.CloseAsync(ada, Cancellation)).ShouldBeFalse();
        await Should.ThrowAsync<AuditUnavailableException>(log.AppendAsync(Happened("dec_1"), Cancellation));
        (await glass.OpenAsync(ada, new string('x', 5000), TimeSpan.FromMinutes(1), Cancellation)).ShouldBeFalse();
        glass.Until.ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task What_is_in_the_reserve_of_a_killed_process_comes_with_the_next_start(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        (devices.DatabaseAway, devices.DiskFull) = (true, true);
        await store.Get<IBreakGlass>().OpenAsync(ada, "A release must go out", TimeSpan.FromMinutes(30), Cancellation);
        await store.Get<IAuditLog>().AppendAsync(Happened("dec_1"), Cancellation);
        await store.StopAsync();
        (devices.DatabaseAway, devices.DiskFull) = (false, false);

        await using var next = await store.AnotherAsync(wire: devices.On(engine));
        await next.Get<AuditWriter>().FlushAsync(Cancellation);

        (await store.QueryAsync<string>("SELECT ref FROM audit_entries WHERE ref IS NOT NULL")).ShouldBe(["dec_1"]);
        next.Get<EntryReserve>().HasEntries.ShouldBeFalse();
    }

    [Theory, EachEngine]
    public async Task People_hear_that_the_disk_fills_up_and_that_it_has_room_again(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        var watch = store.Get<DiskWatch>();

        foreach (var free in (long[])[3L << 30, 1L << 30, 1L << 30, 100L << 20, 3L << 30])
        {
            devices.Free = free;
            await watch.LookAsync(Cancellation);
        }

        devices.Told.ShouldBe(["disk.low", "disk.critical", "disk.ok"]);
    }

    private static AuditEvent Happened(string about) => new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Of("system:test"), Ref = about };
}
