using Paddock.Core.Audit;
using Paddock.Store.Audit;

namespace Paddock.Store.Tests.Audit;

public sealed class ReserveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_comes_into_the_reserve_while_it_is_brought_over_is_not_lost(Engine engine)
    {
        var (devices, slow) = (new FaultyDevices(), new SlowDatabase());
        await using var store = await StoreUnderTest.StartAsync(engine, wire: services => { devices.On(engine)(services); slow.Wrap(services); });
        var log = store.Get<AuditWriter>();
        (devices.DatabaseAway, devices.DiskFull) = (true, true);
        await Should.ThrowAsync<AuditUnavailableException>(log.AppendAsync(Happened("dec_1"), Cancellation));
        (await store.Get<IBreakGlass>().OpenAsync(AuditActor.Of("usr_1", "key_1"), "A release must go out", TimeSpan.FromMinutes(30), Cancellation)).ShouldBeTrue();
        await log.AppendAsync(Happened("dec_2"), Cancellation);

        (devices.DatabaseAway, slow.Waits) = (false, true);
        var shipping = store.Get<EntryShipper>().ShipAsync(Cancellation);
        await slow.Reached;
        slow.Refuses = true;
        await log.AppendAsync(Happened("dec_3"), Cancellation); // into the reserve that is being brought over
        slow.Answer();
        await shipping;
        (slow.Refuses, devices.DiskFull) = (false, false);
        await log.FlushAsync(Cancellation);

        (await store.QueryAsync<string>("SELECT ref FROM audit_entries WHERE ref IS NOT NULL ORDER BY ref")).ShouldBe(["dec_2", "dec_3"]);
        store.Get<EntryReserve>().HasEntries.ShouldBeFalse();
    }

    private static AuditEvent Happened(string about) => new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Of("system:test"), Ref = about };
}
