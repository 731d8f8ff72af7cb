using Paddock.Core.Audit;
using Paddock.Core.Releases;

namespace Paddock.Store.Tests.Releases;

/// <summary>The history of which release was in force, on both databases.</summary>
public class ActivationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_was_put_in_force_again_is_told_from_what_was_new(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (one, two) = (await ImportedAsync(store, "one"), await ImportedAsync(store, "two"));
        await ActivateAsync(store, one, 0);
        await ActivateAsync(store, two, 1);
        await ActivateAsync(store, one, 2);
        await ActivateAsync(store, two, 3);

        var within = await store.Releases.ActivationsAsync(StoreUnderTest.Noon.AddMinutes(1), StoreUnderTest.Noon.AddMinutes(3), Cancellation);

        within.ShouldBe([new(two, StoreUnderTest.Noon.AddMinutes(1), IsReturn: false), new(one, StoreUnderTest.Noon.AddMinutes(2), IsReturn: true)]);
        (await store.Releases.ActivationsAsync(StoreUnderTest.Noon.AddMinutes(4), StoreUnderTest.Noon.AddDays(1), Cancellation)).ShouldBeEmpty();
    }

    private static async Task<ReleaseDigest> ImportedAsync(StoreUnderTest store, string text)
    {
        var stored = new StoredRelease(ReleaseManifest.Digest([new("a.yaml", text)]), [new("a.yaml", text)], StoreUnderTest.Noon, "usr_1");
        await store.Releases.ImportAsync(stored, documents: 1, AuditActor.Of("usr_1"), Cancellation);
        return stored.Digest;
    }

    private static Task ActivateAsync(StoreUnderTest store, ReleaseDigest digest, int minute) =>
        store.Releases.ActivateAsync(digest, [], AuditActor.Of("usr_1"), StoreUnderTest.Noon.AddMinutes(minute), Cancellation);
}
