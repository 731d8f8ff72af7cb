using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Agents;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;
using static Paddock.Store.Tests.Agents.ClientTests;

namespace Paddock.Store.Tests.Agents;

/// <summary>Who knows of a refresh, and who is told that there was none.</summary>
public class StaleClientTests
{
    private static readonly DateTimeOffset noon = StoreUnderTest.Noon;
    private static readonly TimeSpan within = TimeSpan.FromMinutes(75);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_process_served_is_known_before_anybody_is_taken_for_stale()
    {
        await using var here = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var there = await AnotherAsync(here);
        var (_, key) = await People.AddAsync(here, "ada");
        await here.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        (await RefreshAsync(there, key)).ShouldBe(new(IsKnown: true, noon));

        await here.Get<IClients>().RefreshedAsync(Seen(key, 100), 2, Cancellation);

        (await RefreshAsync(there, key, minute: 101)).ShouldBe(new(IsKnown: true, noon.AddMinutes(100)));
        (await here.Get<IClients>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().SettingsVersion.ShouldBe(2);
    }

    [Fact]
    public async Task Two_processes_that_write_the_same_client_keep_the_later_word_of_each_kind()
    {
        await using var here = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var there = await AnotherAsync(here);
        var (_, key) = await People.AddAsync(here, "ada");
        await here.Get<IClients>().RefreshedAsync(Seen(key, 5) with { AgentVersion = "new" }, 2, Cancellation);
        await there.Get<IClients>().RefreshedAsync(Seen(key, 3) with { AgentVersion = "old", Device = "laptop" }, 1, Cancellation);
        there.Get<IClients>().Note(Seen(key, 9));
        await there.Get<IClients>().ListAsync(new(), Cancellation);

        var client = (await here.Get<IClients>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem();

        (client.FirstSeenAt, client.LastSeenAt, client.RefreshedAt, client.SettingsVersion, client.AgentVersion, client.Device)
            .ShouldBe((noon.AddMinutes(3), noon.AddMinutes(9), noon.AddMinutes(5), 2, "new", "laptop"));
    }

    [Fact]
    public async Task While_a_shared_database_is_away_an_old_refresh_proves_nothing_and_a_recent_one_is_enough()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        var (_, key) = await People.AddAsync(store, "ada");
        await store.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        await store.ExecuteAsync("ALTER TABLE agent_clients RENAME TO gone");

        (await RefreshAsync(store, key, minute: 75)).ShouldBe(new(IsKnown: true, noon));
        (await RefreshAsync(store, key, minute: 76)).ShouldBe(new(IsKnown: false, noon));

        await store.ExecuteAsync("ALTER TABLE gone RENAME TO agent_clients");
        (await RefreshAsync(store, key, minute: 76)).IsKnown.ShouldBeFalse("it was asked a moment ago");
        store.Skip(TimeSpan.FromMinutes(59));
        (await RefreshAsync(store, key, minute: 76)).IsKnown.ShouldBeFalse("it may still pause after our error");
        store.Skip(TimeSpan.FromMinutes(1));
        (await RefreshAsync(store, key, minute: 76)).ShouldBe(new(IsKnown: true, noon));
    }

    [Theory, EachEngine]
    public async Task For_an_hour_after_settings_could_not_be_given_nobody_is_known_to_be_late_and_who_is_not_late_is_known(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        await store.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        store.Get<IClients>().NotServed();

        (await RefreshAsync(store, key, minute: 75)).ShouldBe(new(IsKnown: true, noon));
        (await RefreshAsync(store, key, minute: 76)).ShouldBe(new(IsKnown: false, noon));
        store.Skip(TimeSpan.FromHours(1));
        (await RefreshAsync(store, key, minute: 76)).ShouldBe(new(IsKnown: true, noon));
    }

    [Fact]
    public async Task Where_there_is_one_process_it_asks_once_and_knows_from_then_on()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite);
        var (_, key) = await People.AddAsync(store, "ada");
        (await RefreshAsync(store, key)).ShouldBe(new(IsKnown: true, null));
        await store.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        await store.ExecuteAsync("ALTER TABLE agent_clients RENAME TO gone");

        (await RefreshAsync(store, key, minute: 500)).ShouldBe(new(IsKnown: true, noon));
    }

    [Theory, EachEngine]
    public async Task A_refresh_that_the_database_does_not_take_holds_here_and_is_written_later(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        await store.ExecuteAsync("ALTER TABLE agent_clients RENAME TO gone");
        await store.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        (await RefreshAsync(store, key, minute: 75)).ShouldBe(new(IsKnown: true, noon));

        await store.ExecuteAsync("ALTER TABLE gone RENAME TO agent_clients");

        (await store.Get<IClients>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem().RefreshedAt.ShouldBe(noon);
    }

    [Fact]
    public async Task A_refresh_that_was_not_written_is_tried_again_within_seconds_so_that_others_know_of_it()
    {
        await using var here = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var there = await AnotherAsync(here);
        var (_, key) = await People.AddAsync(here, "ada");
        await here.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        await here.ExecuteAsync("ALTER TABLE agent_clients RENAME TO gone");
        await here.Get<IClients>().RefreshedAsync(Seen(key, 100), 2, Cancellation);
        await here.ExecuteAsync("ALTER TABLE gone RENAME TO agent_clients");

        here.Time.Advance(TimeSpan.FromSeconds(3));
        while ((await here.QueryAsync<long>("SELECT settings_version FROM agent_clients")) is not [2])
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        (await RefreshAsync(there, key, minute: 101)).ShouldBe(new(IsKnown: true, noon.AddMinutes(100)));
    }

    [Theory, EachEngine]
    public async Task One_person_makes_people_be_told_of_at_most_five_clients_in_an_hour(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var (_, key) = await People.AddAsync(store, "ada");
        foreach (var number in Enumerable.Range(1, 9))
        {
            await store.Get<IClients>().RefreshedAsync(Seen(key, 0, "agent-" + number), 1, Cancellation);
            store.Get<IClients>().Note(Seen(key, 100, "agent-" + number) with { CallsWithin = within });
        }

        await store.Get<IClients>().ListAsync(new(), Cancellation);

        told.All.Length.ShouldBe(5);
    }

    [Theory, EachEngine]
    public async Task People_are_told_once_of_a_client_that_makes_calls_under_old_settings_and_again_the_next_time_it_is_stale(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var (_, key) = await People.AddAsync(store, "ada");
        var clients = store.Get<IClients>();
        await clients.RefreshedAsync(Seen(key, 0), 1, Cancellation);

        await SeeAsync(Call(key, 75), Seen(key, 300)); // in time; then a sign of life
        told.All.ShouldBeEmpty();

        await SeeAsync(Call(key, 301) with { AgentVersion = "3.52.1" }, Call(key, 302), Seen(key, 303));
        var notice = told.All.ShouldHaveSingleItem();
        (notice.Event, notice.Link).ShouldBe(("client.stale", "https://paddock.example/clients?stale=true"));
        notice.Text.ShouldBe("roo-code of ada goes on without asking for its settings: it was last given some at 2026-03-04 12:00 UTC.");
        notice.Facts.ToDictionary()["refreshedAt"].ShouldBe("2026-03-04T12:00:00Z");
        (notice.Facts.ToDictionary()["client"], notice.Facts.ToDictionary()["user"], notice.Facts.ToDictionary()["agentVersion"], notice.Facts.ToDictionary()["refreshWithin"]).ShouldBe((key.Id.Value, "ada", "3.52.1", "4500"));

        await SeeAsync(Call(key, 500));
        await clients.RefreshedAsync(Seen(key, 600), 1, Cancellation);
        await SeeAsync(Call(key, 601));
        told.All.Length.ShouldBe(1);

        await SeeAsync(Call(key, 676));
        told.All.Length.ShouldBe(2);

        async Task SeeAsync(params ClientSighting[] seen)
        {
            foreach (var one in seen)
            {
                clients.Note(one);
                await clients.ListAsync(new(), Cancellation); // writes it
            }
        }
    }

    [Fact]
    public async Task Of_two_processes_that_see_it_one_tells()
    {
        var told = new ToldNotifications();
        await using var here = await StoreUnderTest.StartAsync(Engine.Postgres, wire: Wire(told));
        await using var there = await AnotherAsync(here, Wire(told));
        var (_, key) = await People.AddAsync(here, "ada");
        await here.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);

        await Task.WhenAll(new[] { here, there }.Select(async store =>
        {
            store.Get<IClients>().Note(Call(key, 100));
            await store.Get<IClients>().ListAsync(new(), Cancellation);
        }));

        told.All.Length.ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task Nobody_is_told_of_a_client_that_never_asked_for_settings(Engine engine)
    {
        var told = new ToldNotifications();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: Wire(told));
        var (_, key) = await People.AddAsync(store, "ada");

        store.Get<IClients>().Note(Call(key, 1000));
        await store.Get<IClients>().ListAsync(new(), Cancellation);

        told.All.ShouldBeEmpty();
    }

    private static ClientSighting Call(ApiKey key, double minute) => Seen(key, minute) with { CallsWithin = within };

    private static ValueTask<ClientRefresh> RefreshAsync(StoreUnderTest store, ApiKey key, double minute = 76) =>
        store.Get<IClients>().RefreshOfAsync(key.Id, "roo-code", noon.AddMinutes(minute) - within, Cancellation);

    private static Task<StoreUnderTest> AnotherAsync(StoreUnderTest store, Action<IServiceCollection>? wire = null) =>
        store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName }, wire: wire);

    private static Action<IServiceCollection> Wire(ToldNotifications told) => services => services.AddSingleton<INotifications>(told).AddSingleton(new ApprovalLinks(new("https://paddock.example/")));
}
