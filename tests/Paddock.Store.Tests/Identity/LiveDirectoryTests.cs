using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Store.Identity;
using Paddock.Store.Tests.Audit;
using Paddock.Testing;

namespace Paddock.Store.Tests.Identity;

/// <summary>The directory in memory, which is read change by change, is what a whole reading gives.</summary>
public class LiveDirectoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Engine, string> IdentityDeeds => new(
        from engine in Enum.GetValues<Engine>() from deed in Deeds.All where deed.Value.Says.Concat(deed.Value.SaysAgain).Any(static entry => entry.Split('.')[0] is "principal" or "key" or "session" or "account") select (engine, deed.Key));

    [Theory]
    [MemberData(nameof(IdentityDeeds))]
    public async Task After_each_change_it_is_the_same(Engine engine, string name)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await People.AddAsync(store, "bystander");
        var deed = await Deeds.All[name].Prepare(store);

        await deed();

        await ShouldBeWholeAsync(store);
    }

    [Theory, EachEngine]
    public async Task After_many_changes_in_any_order_it_is_the_same(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (random, people, keys) = (new Random(20261126), new List<Principal>(), new List<ApiKey>());
        for (var i = 0; i < 120; i++)
        {
            await OneAsync(store, random, people, keys);
            if (i % 10 == 0)
            {
                await ShouldBeWholeAsync(store);
            }
        }

        await ShouldBeWholeAsync(store);
    }

    [Theory, EachEngine]
    public async Task Who_was_not_changed_is_not_read_again(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        await People.AddAsync(store, "bob");
        await store.ExecuteAsync("UPDATE principals SET name = 'behind our back' WHERE name = 'bob'");

        await store.Identity.UpdatePrincipalAsync(ada.Id, ["core"], disabled: false, Acting.Operator, Cancellation);

        store.Live.Current.Principals.Select(static principal => principal.Name).ShouldBe(["ada", "bob"]);
        store.Live.Current.Find(ada.Id)!.Teams.ShouldBe(["core"]);
    }

    [Theory, EachEngine]
    public async Task A_change_that_names_nobody_has_all_read_again(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await People.AddAsync(store, "bob");
        var before = store.Live.Current;
        await store.ExecuteAsync("UPDATE principals SET name = 'bert', name_key = 'bert' WHERE name = 'bob'");
        await store.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'identity'");

        await People.AddAsync(store, "ada");

        before.Principals.ShouldHaveSingleItem().Name.ShouldBe("bob");
        store.Live.Current.Principals.Select(static principal => principal.Name).ShouldBe(["ada", "bert"]);
    }

    [Theory, EachEngine]
    public async Task Whom_a_change_named_that_came_to_nothing_is_forgotten(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await People.AddAsync(store, "bob");
        (await store.Identity.AddPrincipalAsync(People.User("bob"), Acting.Operator, Cancellation)).ShouldBeFalse();

        await store.ExecuteAsync("UPDATE principals SET name = 'bert', name_key = 'bert' WHERE name = 'bob'");
        await store.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'identity'"); // as a build does it that names nobody
        await People.AddAsync(store, "ada");

        await ShouldBeWholeAsync(store);
    }

    [Theory]
    [InlineData(Engine.Sqlite, 0)]
    [InlineData(Engine.Sqlite, 1)]
    [InlineData(Engine.Sqlite, 3)]
    [InlineData(Engine.Sqlite, 5)]
    [InlineData(Engine.Postgres, 0)]
    [InlineData(Engine.Postgres, 1)]
    [InlineData(Engine.Postgres, 3)]
    [InlineData(Engine.Postgres, 5)]
    public async Task What_a_database_lost_is_forgotten_whatever_its_numbers_are_by_then(Engine engine, int stepsSince)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (bob, key) = await People.AddAsync(store, "bob");
        for (var i = 0; i < 3; i++)
        {
            await People.AddAsync(store, $"lost{i}"); // two steps each
        }

        await LoseAsync(store, steps: 6, key.Id);
        for (var i = 0; i < stepsSince; i++)
        {
            await store.Identity.UpdatePrincipalAsync(bob.Id, [$"team{i}"], disabled: false, Acting.Operator, Cancellation);
        }

        await store.Get<LiveIdentities>().ReloadAsync(Cancellation);

        await ShouldBeWholeAsync(store);
        store.Live.Current.Principals.ShouldHaveSingleItem().Name.ShouldBe("bob");
    }

    [Theory, EachEngine]
    public async Task After_more_changes_than_are_worth_it_all_is_read_again(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (identities, before) = (store.Get<IdentityStore>(), await store.Identity.LoadAsync(Cancellation));
        for (var i = 0; i <= DirectoryReader.MostChanged; i++)
        {
            await store.Identity.AddPrincipalAsync(People.User($"user{i:000}"), Acting.Operator, Cancellation);
        }

        ShouldBeSame(await identities.LoadAsync(before, Cancellation), await store.Identity.LoadAsync(Cancellation));
    }

    [Theory, EachEngine]
    public async Task A_person_has_no_more_than_a_hundred_sessions_and_the_oldest_ends(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, key) = await People.AddAsync(store, "ada");
        List<ApiKey> sessions = [.. Enumerable.Range(0, IdentityStore.MostSessions + 1).Select(i => People.Session(ada, SessionClient.Device) with { CreatedAt = StoreUnderTest.Noon.AddSeconds(i) })];

        foreach (var session in sessions)
        {
            (await store.Identity.AddSessionAsync(session, "10.0.0.1", Cancellation)).ShouldBeTrue();
        }

        store.Live.Current.Keys.Select(static one => one.Id).ShouldBe([key.Id, .. sessions[1..].Select(static one => one.Id)], ignoreOrder: true);
        (await store.Get<IEntryReader>().ListAsync(new() { Act = "session.signed_out" }, Cancellation)).Entries.Length.ShouldBe(1);
    }

    private static async Task OneAsync(StoreUnderTest store, Random random, List<Principal> people, List<ApiKey> keys)
    {
        T Any<T>(List<T> of) => of[random.Next(of.Count)];
        switch (people.Count == 0 || keys.Count == 0 ? 0 : random.Next(8))
        {
            case 0:
                var (user, key) = await People.AddAsync(store, $"user{random.Next(1_000_000):000000}");
                people.Add(user);
                keys.Add(key);
                break;
            case 1:
                await store.Identity.UpdatePrincipalAsync(Any(people).Id, [$"team{random.Next(5)}"], random.Next(4) == 0, Acting.Operator, Cancellation);
                break;
            case 2:
                keys.Add(People.Session(Any(people), random.Next(2) == 0 ? SessionClient.Console : SessionClient.Device));
                await store.Identity.AddSessionAsync(keys[^1], null, Cancellation);
                break;
            case 3:
                await store.Identity.RevokeKeyAsync(Any(keys).Id, StoreUnderTest.Noon, Acting.Operator, Cancellation);
                break;
            case 4:
                await store.Identity.EndSessionAsync(Any(keys).Id, StoreUnderTest.Noon, Acting.Operator, Cancellation);
                break;
            case 5:
                await store.Identity.EndSessionsAsync(Any(people).Id, StoreUnderTest.Noon, Acting.Operator, Cancellation);
                break;
            case 6:
                var old = Any(keys);
                var next = People.Key(people.First(one => one.Id == old.Owner), "next") with { Replaces = old.Id };
                if (!old.IsSession && await store.Identity.RotateKeyAsync(next, StoreUnderTest.Noon.AddDays(1), Acting.Operator, Cancellation))
                {
                    keys.Add(next);
                }

                break;
            default:
                await store.Identity.EraseAsync(Any(people).Id, $"erased-{random.Next(1_000_000)}", Acting.Operator, Cancellation);
                break;
        }
    }

    /// <summary>As after a failover to a copy that had not got the last steps, and somebody else revoked a key there.</summary>
    private static Task<int> LoseAsync(StoreUnderTest store, int steps, KeyId revoked) => store.ExecuteAsync(
        $"""
        UPDATE counters SET value = value - {steps} WHERE name = 'identity';
        DELETE FROM identity_steps WHERE version > (SELECT value FROM counters WHERE name = 'identity');
        DELETE FROM identity_changes WHERE version > (SELECT value FROM counters WHERE name = 'identity');
        DELETE FROM api_keys WHERE owner_id IN (SELECT id FROM principals WHERE name LIKE 'lost%');
        DELETE FROM principals WHERE name LIKE 'lost%';
        UPDATE api_keys SET revoked_at = 1 WHERE id = '{revoked.Value}'
        """);

    private static async Task ShouldBeWholeAsync(StoreUnderTest store) => ShouldBeSame(store.Live.Current, await store.Identity.LoadAsync(Cancellation));

    private static void ShouldBeSame(IdentityDirectory one, IdentityDirectory whole)
    {
        one.Version.ShouldBe(whole.Version);
        one.Principals.Select(Told).ShouldBe(whole.Principals.Select(Told));
        one.Keys.Select(static key => key with { Scopes = new() }).ShouldBe(whole.Keys.Select(static key => key with { Scopes = new() }));
        foreach (var key in whole.Keys)
        {
            var (found, expected) = (one.Find(key.Hash).ShouldNotBeNull(), whole.Find(key.Id).ShouldNotBeNull());
            Told(found.Principal).ShouldBe(Told(expected.Principal));
            found.Key.Id.ShouldBe(key.Id);
            one.Find(key.Id).ShouldBeSameAs(found);
        }

        static string Told(Principal principal) => $"{principal with { Teams = [] }} {string.Join(',', principal.Teams)}";
    }
}
