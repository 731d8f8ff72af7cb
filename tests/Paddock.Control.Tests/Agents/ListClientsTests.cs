using Paddock.Control.Agents;
using Paddock.Control.Identity;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Tests.Agents;

/// <summary>The clients that were seen, for those who may know of them.</summary>
public class ListClientsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_shown_with_whose_it_is_what_shows_it_and_how_it_stands()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var session = await control.SignedInAsync("ada", SessionClient.Extension);
        var key = (await control.KeyAsync("laptop", "bob")).Key;
        await RefreshedAsync(control, session.Key!.Value, "3.52.1");
        Seen(control, KeyId.Parse(key.Id), "codex");
        control.Time.Advance(TimeSpan.FromMinutes(76));
        var away = await ListAsync(control, new());
        Seen(control, session.Key.Value);

        var stale = await ListAsync(control, new());

        away.Clients.Select(one => one.Standing).ShouldBe(["away", "unknown"], ignoreOrder: true);
        stale.Clients.Select(one => (one.User, one.Name, one.Kind, one.Agent, one.AgentVersion, one.Standing, one.Refused)).ShouldBe(
            [("ada", "extension", "extension", "roo-code", "3.52.1", "stale", false), ("bob", "laptop", "key", "codex", null, "unknown", false)]);
        (stale.Clients[0].RefreshedAt, stale.Clients[0].SettingsVersion, stale.Clients[0].RefreshWithinSeconds).ShouldBe((ControlUnderTest.Noon, 7, 4500));
        stale.Next.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_team_profile_says_of_stale_clients_is_shown_with_them()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var session = await control.SignedInAsync("ada", SessionClient.Extension);
        await RefreshedAsync(control, session.Key!.Value);
        Publish(control, "for: {users: [ada]}\n  client: {refreshWithin: 4h, stale: refuse}");

        (await ListAsync(control, new())).Clients.ShouldHaveSingleItem().Standing.ShouldBe("current");
        control.Time.Advance(TimeSpan.FromHours(4) + TimeSpan.FromSeconds(1));
        (await ListAsync(control, new())).Clients.Select(one => (one.Standing, one.Refused, one.RefreshWithinSeconds)).ShouldBe([("away", false, 14400L)]);
        Seen(control, session.Key.Value);
        (await ListAsync(control, new())).Clients.Select(one => (one.Standing, one.Refused)).ShouldBe([("stale", true)]);
    }

    [Fact]
    public async Task They_are_found_by_person_agent_and_staleness_and_page_by_page()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var sessions = new List<KeyId>();
        foreach (var number in Enumerable.Range(0, 7))
        {
            var session = (await control.SignedInAsync(number == 6 ? "bob" : "ada", SessionClient.Extension)).Key!.Value;
            await RefreshedAsync(control, session);
            sessions.Add(session);
        }

        control.Time.Advance(TimeSpan.FromHours(2));
        foreach (var session in sessions.Where((_, number) => number is 1 or 3 or 5 or 6))
        {
            control.Time.Advance(TimeSpan.FromSeconds(1));
            Seen(control, session);
        }

        Seen(control, sessions[0], "codex");
        (await ListAsync(control, new() { Stale = true })).Clients.Select(one => one.Credential).ShouldBe([sessions[6].Value, sessions[5].Value, sessions[3].Value, sessions[1].Value]);
        (await ListAsync(control, new() { Stale = true, User = "bob" })).Clients.ShouldHaveSingleItem().User.ShouldBe("bob");
        (await ListAsync(control, new() { Agent = "codex" })).Clients.ShouldHaveSingleItem().Credential.ShouldBe(sessions[0].Value);

        foreach (var filter in new[] { new ClientFilter { Limit = 3 }, new ClientFilter { Limit = 2, Stale = true }, new ClientFilter { Limit = 4, Stale = true } })
        {
            var paged = new List<ClientView>();
            string? next = null;
            do
            {
                var page = await ListAsync(control, filter with { Before = next });
                page.Clients.Count.ShouldBeInRange(1, filter.Limit);
                paged.AddRange(page.Clients);
                next = page.Next;
            }
            while (next is not null);

            paged.ShouldBe((await ListAsync(control, filter with { Limit = 1000 })).Clients);
        }
    }

    [Fact]
    public async Task Whose_credential_has_ended_is_no_client_any_more()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var (session, key) = (await control.SignedInAsync("ada", SessionClient.Extension), (await control.KeyAsync("laptop", "ada")).Key);
        Seen(control, session.Key!.Value);
        Seen(control, KeyId.Parse(key.Id));
        (await ListAsync(control, new())).Clients.Count.ShouldBe(2);

        await control.Get<EndSession>().RunAsync(ControlUnderTest.Admin, session.Key.Value.Value, Cancellation);
        await control.Get<RevokeKey>().RunAsync(ControlUnderTest.Admin, key.Id, Cancellation);

        (await ListAsync(control, new())).Clients.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ones_own_are_for_everybody_and_others_take_a_role()
    {
        await using var control = await ControlUnderTest.StartAsync();
        var (ada, bob) = (await control.SignedInAsync("ada"), await control.SignedInAsync("bob"));
        ada.Roles.ShouldBe(ControlRoles.None);
        Seen(control, ada.Key!.Value);
        Seen(control, bob.Key!.Value);

        (await control.Get<ListClients>().RunAsync(ada, new() { User = "ada" }, Cancellation)).ShouldBeDone().Clients.ShouldHaveSingleItem().User.ShouldBe("ada");
        (await control.Get<ListClients>().RunAsync(ada, new() { User = "bob" }, Cancellation)).ShouldBeOfType<Outcome<ClientList>.Forbidden>();
        (await control.Get<ListClients>().RunAsync(ada, new() { User = "nobody" }, Cancellation)).ShouldBeOfType<Outcome<ClientList>.Forbidden>();
        (await control.Get<ListClients>().RunAsync(ada, new(), Cancellation)).ShouldBeOfType<Outcome<ClientList>.Forbidden>();
    }

    [Theory]
    [InlineData("next")]
    [InlineData("1.key_1.codex")]
    [InlineData("99999999999999999999.key_00000000000000000000000000000000.codex")]
    [InlineData("3155378976000000000.key_00000000000000000000000000000000.codex")]
    [InlineData("1.key_00000000000000000000000000000000")]
    public async Task A_place_that_is_none_is_told_so(string before)
    {
        await using var control = await ControlUnderTest.StartAsync();

        (await control.Get<ListClients>().RunAsync(ControlUnderTest.Admin, new() { Before = before }, Cancellation)).ShouldBeOfType<Outcome<ClientList>.Invalid>().Field.ShouldBe("before");
        (await control.Get<ListClients>().RunAsync(ControlUnderTest.Admin, new() { Limit = 1001 }, Cancellation)).ShouldBeOfType<Outcome<ClientList>.Invalid>().Field.ShouldBe("limit");
        (await control.Get<ListClients>().RunAsync(ControlUnderTest.Admin, new() { User = "nobody" }, Cancellation)).ShouldBeOfType<Outcome<ClientList>.NotFound>();
    }

    private static void Publish(ControlUnderTest control, string profile)
    {
        var loaded = ReleaseLoader.Load([new("a.yaml", $$"""
            apiVersion: paddock/v1alpha1
            kind: TeamProfile
            metadata: {name: careful, owner: tests}
            spec:
              {{profile}}
            """.Replace("\n              ", "\n  ", StringComparison.Ordinal))]).ShouldBeOfType<LoadOutcome.Loaded>();
        control.Get<ISnapshots>().Publish(SnapshotBuilder.Build(loaded.Content));
    }

    private static void Seen(ControlUnderTest control, KeyId credential, string agent = "roo-code") => control.Get<IClients>().Note(new(credential, agent, control.Time.GetUtcNow()));

    private static Task RefreshedAsync(ControlUnderTest control, KeyId credential, string? version = null) =>
        control.Get<IClients>().RefreshedAsync(new ClientSighting(credential, "roo-code", control.Time.GetUtcNow()) { AgentVersion = version }, 7, Cancellation);

    private static async Task<ClientList> ListAsync(ControlUnderTest control, ClientFilter filter) => (await control.Get<ListClients>().RunAsync(ControlUnderTest.Admin, filter, Cancellation)).ShouldBeDone();
}
