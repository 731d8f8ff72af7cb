using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Modes;

/// <summary>What IClientSettings promises, on both databases.</summary>
public class ClientSettingsTests
{
    private static readonly long noon = StoreUnderTest.Noon.ToUnixTimeMilliseconds();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_content_has_one_number_for_good_and_no_other_has_it(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        var first = await VersionAsync(store, "a");
        var second = await VersionAsync(store, "b"); // in the same millisecond
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var third = await VersionAsync(store, "c");

        (first, second, third).ShouldBe((noon, noon + 1, noon + 60_000));
        (await VersionAsync(store, "a")).ShouldBe(first);
    }

    [Theory, EachEngine]
    public async Task Replicas_and_restarts_say_the_same_number_whatever_their_clocks_say(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        store.Skip(TimeSpan.FromHours(1));
        var first = await VersionAsync(store, "a");
        if (engine is Engine.Sqlite)
        {
            await store.StopAsync();
        }

        await using var other = await AnotherAsync(store, engine); // its clock says an hour less

        (await VersionAsync(other, "a")).ShouldBe(first);
        (await VersionAsync(other, "b")).ShouldBe(first + 1);
    }

    [Fact]
    public async Task Replicas_that_make_numbers_at_once_make_no_number_twice()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var other = await AnotherAsync(store, Engine.Postgres);
        string[] contents = [.. Enumerable.Range(0, 40).Select(i => $"content {i}")];

        var here = Task.WhenAll(contents.Select(content => VersionAsync(store, content)));
        var there = Task.WhenAll(contents.Reverse().Select(content => VersionAsync(other, content)));

        (await there).Reverse().ShouldBe(await here);
        (await here).ShouldBeUnique();
    }

    [Theory, EachEngine]
    public async Task What_somebody_chose_is_kept_unless_somebody_was_faster(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        var settings = store.Get<IClientSettings>();
        (await settings.FindAsync(ada.Id, Cancellation)).ShouldBe(PersonalSettings.None);

        (await settings.ChangeAsync(ada.Id, new(1, SyncsTasks: true, EnhancedFeatures: null), Cancellation)).ShouldBeTrue();
        (await settings.ChangeAsync(ada.Id, new(1, SyncsTasks: false, EnhancedFeatures: null), Cancellation)).ShouldBeFalse();
        (await settings.FindAsync(ada.Id, Cancellation)).ShouldBe(new(1, true, null));

        (await settings.ChangeAsync(ada.Id, new(2, SyncsTasks: null, EnhancedFeatures: false), Cancellation)).ShouldBeTrue();
        (await settings.FindAsync(ada.Id, Cancellation)).ShouldBe(new(2, null, false));
    }

    [Theory, EachEngine]
    public async Task Who_is_forgotten_leaves_no_choice(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        await store.Get<IClientSettings>().ChangeAsync(ada.Id, new(1, true, true), Cancellation);
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = true }, Acting.Operator, Cancellation);

        await store.Identity.EraseAsync(ada.Id, "erased-1", Acting.Operator, Cancellation);

        (await store.QueryAsync<string>("SELECT principal_id FROM personal_settings")).ShouldBeEmpty();
    }

    private static Task<StoreUnderTest> AnotherAsync(StoreUnderTest store, Engine engine) => engine is Engine.Sqlite
        ? store.AnotherAsync()
        : store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });

    private static Task<long> VersionAsync(StoreUnderTest store, string content) =>
        store.Get<IClientSettings>().VersionOfAsync(SHA256.HashData(Encoding.UTF8.GetBytes(content)), Cancellation).AsTask();
}
