using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Store.Agents;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Agents;

/// <summary>What IClients promises, on both databases.</summary>
public class ClientTests
{
    private static readonly DateTimeOffset noon = StoreUnderTest.Noon;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_client_is_a_credential_under_an_agent_with_the_first_time_the_last_and_what_it_said_last(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, key) = await People.AddAsync(store, "ada");
        var clients = store.Get<IClients>();
        clients.Note(Seen(key, 1) with { AgentVersion = "3.52.0", Device = "laptop" });
        clients.Note(Seen(key, 2) with { AgentVersion = "3.52.1" });
        clients.Note(Seen(key, 3));
        clients.Note(Seen(key, 2, "codex"));

        var listed = await clients.ListAsync(new(), Cancellation);

        listed.Length.ShouldBe(2);
        listed[0].ShouldBe(new()
        {
            Credential = key.Id,
            Principal = ada.Id,
            Agent = "roo-code",
            AgentVersion = "3.52.1",
            Device = "laptop",
            FirstSeenAt = noon.AddMinutes(1),
            LastSeenAt = noon.AddMinutes(3),
        });
        (listed[1].Agent, listed[1].AgentVersion).ShouldBe(("codex", null));
    }

    [Theory, EachEngine]
    public async Task What_was_seen_is_kept_over_a_restart_and_is_added_to(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        store.Get<IClients>().Note(Seen(key, 1) with { AgentVersion = "3.52.1" });
        await store.Get<IClients>().RefreshedAsync(Seen(key, 2), 77, Cancellation);
        await store.StopAsync();

        await using var next = await store.AnotherAsync();
        next.Get<IClients>().Note(Seen(key, 9));

        var client = (await next.Get<IClients>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem();
        (client.AgentVersion, client.FirstSeenAt, client.LastSeenAt, client.RefreshedAt, client.SettingsVersion).ShouldBe(("3.52.1", noon.AddMinutes(1), noon.AddMinutes(9), noon.AddMinutes(2), 77));
        (await next.Get<IClients>().RefreshOfAsync(key.Id, "roo-code", noon.AddHours(1), Cancellation)).ShouldBe(new(IsKnown: true, noon.AddMinutes(2)));
        (await next.Get<IClients>().RefreshOfAsync(key.Id, "codex", noon, Cancellation)).ShouldBe(new(IsKnown: true, null));
    }

    [Theory, EachEngine]
    public async Task Lists_go_from_the_one_seen_last_by_person_by_agent_and_page_by_page(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ((ada, adas), (_, bobs)) = (await People.AddAsync(store, "ada"), await People.AddAsync(store, "bob"));
        var clients = store.Get<IClients>();
        clients.Note(Seen(adas, 3));
        clients.Note(Seen(adas, 3, "codex"));
        clients.Note(Seen(bobs, 3, "codex"));
        clients.Note(Seen(bobs, 9));

        (await clients.ListAsync(new() { Principal = ada.Id }, Cancellation)).Select(one => one.Agent).ShouldBe(["roo-code", "codex"]);
        (await clients.ListAsync(new() { Agent = "codex" }, Cancellation)).Length.ShouldBe(2);
        var all = await clients.ListAsync(new(), Cancellation);
        all[0].Credential.ShouldBe(bobs.Id);
        var paged = new List<AgentClient>();
        for (ClientPlace? after = null; await clients.ListAsync(new() { After = after, Limit = 1 }, Cancellation) is [var one]; after = ClientPlace.Of(one))
        {
            paged.Add(one);
        }

        paged.ShouldBe(all);
    }

    [Theory, EachEngine]
    public async Task Noting_reaches_the_database_by_itself_within_a_minute(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        store.Get<IClients>().Note(Seen(key, 0));

        await AdvancingAsync(store, async () => (await store.QueryAsync<string>("SELECT agent FROM agent_clients")).Count == 1);
    }

    [Theory, EachEngine]
    public async Task Who_is_forgotten_leaves_no_client_and_none_comes_back(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, key) = await People.AddAsync(store, "ada");
        var clients = store.Get<IClients>();
        await clients.RefreshedAsync(Seen(key, 1), 1, Cancellation);
        await store.Identity.UpdatePrincipalAsync(ada with { Disabled = true }, Acting.Operator, Cancellation);
        clients.Note(Seen(key, 2)); // by a call that ran

        (await store.Identity.EraseAsync(ada.Id, "erased-1", Acting.Operator, Cancellation)).ShouldBeTrue();

        (await clients.ListAsync(new(), Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task Clients_go_with_their_session(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (ada, _) = await People.AddAsync(store, "ada");
        var session = People.Session(ada, SessionClient.Extension);
        await store.Identity.AddSessionAsync(session, source: null, passwordHash: null, Cancellation);
        await store.Get<IClients>().RefreshedAsync(Seen(session, 1), 1, Cancellation);
        (await store.Get<IClients>().ListAsync(new(), Cancellation)).Length.ShouldBe(1);

        await store.Identity.AddSessionAsync(People.Session(ada) with { CreatedAt = noon.AddDays(60), ExpiresAt = noon.AddDays(61) }, source: null, passwordHash: null, Cancellation);

        (await store.QueryAsync<string>("SELECT id FROM api_keys WHERE client IS NOT NULL")).ShouldNotContain(session.Id.Value);
        (await store.Get<IClients>().ListAsync(new(), Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task Of_one_credential_the_newest_are_kept_and_the_one_that_reads_settings_longest(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        await store.Get<IClients>().RefreshedAsync(Seen(key, 0), 1, Cancellation);
        await Task.WhenAll(Enumerable.Range(1, 40).Select(number => store.Get<IClients>().RefreshOfAsync(key.Id, "agent-" + number, noon, Cancellation).AsTask()));
        for (var number = 1; number <= 40; number++)
        {
            store.Get<IClients>().Note(Seen(key, number, "agent-" + number));
            if (number % 10 == 0)
            {
                await store.Get<IClients>().ListAsync(new(), Cancellation); // writes them
            }
        }

        await store.Get<ClientUpkeep>().LookAsync(Cancellation);

        var left = await store.Get<IClients>().ListAsync(new(), Cancellation);
        left.Length.ShouldBe(16);
        left[^1].Agent.ShouldBe("roo-code");
        left.Take(15).Select(one => one.Agent).ShouldBe(Enumerable.Range(26, 15).Reverse().Select(number => "agent-" + number));
    }

    [Theory, EachEngine]
    public async Task None_is_kept_that_was_not_seen_for_ninety_days(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (_, key) = await People.AddAsync(store, "ada");
        store.Get<IClients>().Note(Seen(key, 0));
        store.Get<IClients>().Note(Seen(key, 1, "codex"));
        await store.Get<IClients>().ListAsync(new(), Cancellation);

        store.Skip(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(30));
        await store.Get<ClientUpkeep>().LookAsync(Cancellation);

        (await store.Get<IClients>().ListAsync(new(), Cancellation)).Select(one => one.Agent).ShouldBe(["codex"]);
    }

    internal static ClientSighting Seen(ApiKey credential, double minute, string agent = "roo-code") => new(credential.Id, agent, noon.AddMinutes(minute));

    /// <summary>Moves the clock on until something has happened in the background.</summary>
    internal static async Task AdvancingAsync(StoreUnderTest store, Func<Task<bool>> happened)
    {
        while (!await happened())
        {
            Cancellation.ThrowIfCancellationRequested();
            store.Time.Advance(TimeSpan.FromSeconds(61));
            await Task.Yield();
        }
    }
}
