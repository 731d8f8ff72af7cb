using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Store.Audit;
using Paddock.Store.Tests.Audit;
using Paddock.Testing;

namespace Paddock.Store.Tests.Alerts;

public class StoreGaugeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Room_is_told_of_the_data_directory()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: new FaultyDevices().On(Engine.Sqlite));

        (await ReadAsync(store, Gauge.DiskFree)).ShouldBe([new("data", 4)]);
    }

    [Theory, EachEngine]
    public async Task How_long_the_oldest_entry_waits_to_come_into_the_log_is_told(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, wire: new FaultyDevices().On(engine));
        (await ReadAsync(store, Gauge.AuditLag)).ShouldBe([new("", 0)]);
        await store.Get<IAuditLog>().AppendAsync(new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Of("system:test"), Ref = "dec_1" }, Cancellation);
        await store.ExecuteAsync("UPDATE audit_entries SET seq = NULL");
        store.Skip(TimeSpan.FromSeconds(75));

        await store.Get<DiskWatch>().LookAsync(Cancellation);

        (await ReadAsync(store, Gauge.AuditLag)).ShouldHaveSingleItem().Value.ShouldBe(75, tolerance: 1);
    }

    private static async Task<IEnumerable<GaugeValue>> ReadAsync(StoreUnderTest store, Gauge gauge) =>
        await store.Get<IEnumerable<IGauges>>().Single(one => one.Has.Contains(gauge)).ReadAsync(gauge, Cancellation);
}
