using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Audit.Payloads;

namespace Paddock.Store.Tests.Audit.Payloads;

public sealed class MonthlySealingKeysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_are_sealed_by_the_key_of_their_month_which_is_there_beforehand()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var sealing = store.Get<ISealingKeys>();
        var march = sealing.At(StoreUnderTest.Noon);

        march.Id.ShouldStartWith("dek_names_2026-03_");
        store.Time.SetUtcNow(new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero));
        await store.Get<KeyUpkeep>().LookAsync(Cancellation);

        sealing.At(store.Time.GetUtcNow()).Id.ShouldBe(march.Id);
        sealing.At(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)).Id.ShouldStartWith("dek_names_2026-04_");
    }

    [Fact]
    public async Task A_commitment_can_be_proved_after_a_restart_and_not_once_the_key_is_destroyed()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var entry = Guid.CreateVersion7();
        var before = store.Get<ISealingKeys>().At(StoreUnderTest.Noon);
        var commitment = before.Commit(entry, "res", "repo:corp/payments"u8);
        await store.StopAsync();

        await using var next = await store.AnotherAsync();
        next.Get<ISealingKeys>().At(StoreUnderTest.Noon).Commit(entry, "res", "repo:corp/payments"u8).ShouldBe(commitment);
        await next.Get<IKeyStore>().DestroyAsync(DataKeyId.Parse(before.Id), Cancellation);
        await next.Get<KeyUpkeep>().LookAsync(Cancellation);

        next.Get<ISealingKeys>().At(StoreUnderTest.Noon).Id.ShouldNotBe(before.Id);
        (await next.Get<IKeyStore>().FindAsync(DataKeyId.Parse(before.Id), Cancellation)).ShouldBeOfType<KeyLookup.Destroyed>();
    }

    [Fact]
    public async Task While_the_key_store_fails_entries_are_sealed_by_a_key_that_is_not_kept()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, options => options with { MasterKey = new("no master key") });

        store.Get<ISealingKeys>().At(StoreUnderTest.Noon).Id.ShouldBe("none");
    }
}
