using System.Net;
using System.Text.Json;
using Paddock.Agents.Tests.RooCode.Settings;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode;

/// <summary>What is noted of the clients that ask something of Roo Code's cloud.</summary>
public sealed class RooClientsTests
{
    [Fact]
    public async Task A_client_that_is_given_settings_is_noted_with_their_version_each_time()
    {
        await using var cloud = await RooCloud.StartAsync();
        var token = cloud.Token(SessionClient.Extension, lasts: TimeSpan.FromHours(3));
        var session = cloud.Identities.Current.Keys[^1].Id;

        foreach (var _ in Enumerable.Range(0, 2))
        {
            cloud.Time.Advance(TimeSpan.FromHours(1));
            var answer = await cloud.FetchAsync(HttpMethod.Get, "/roo/api/extension-settings", token);

            var client = cloud.Clients.Find(session, "roo-code").ShouldNotBeNull();
            client.RefreshedAt.ShouldBe(cloud.Time.GetUtcNow());
            client.SettingsVersion.ShouldBe(JsonElement.Parse(answer.Body).GetProperty("organization").GetProperty("version").GetInt64());
        }
    }

    [Fact]
    public async Task Whatever_else_it_asks_is_a_sign_of_life_and_no_refresh()
    {
        await using var cloud = await RooCloud.StartAsync();
        var token = cloud.Token(SessionClient.Extension);
        var session = cloud.Identities.Current.Keys[^1].Id;

        (await cloud.CallAsync(HttpMethod.Get, "/roo/api/extension/credit-balance", token)).Status.ShouldBe(HttpStatusCode.OK);
        await cloud.CallAsync(HttpMethod.Patch, "/roo/api/user-settings", token, """{"settings":{}}""");

        var client = cloud.Clients.Find(session, "roo-code").ShouldNotBeNull();
        (client.LastSeenAt, client.RefreshedAt, client.AgentVersion).ShouldBe((cloud.Time.GetUtcNow(), null, null));
        cloud.Clients.Seen.ShouldAllBe(seen => seen.CallsWithin == null);
    }

    [Theory]
    [InlineData("zoo-code")]
    [InlineData("roo-code")]
    public async Task Whose_key_pins_an_agent_is_noted_under_that_name(string pinned)
    {
        await using var cloud = await RooCloud.StartAsync();
        var (token, caller) = cloud.Identities.AddKey(new() { Models = true, PinnedAgent = pinned });

        (await cloud.FetchAsync(HttpMethod.Get, "/roo/api/extension-settings", token)).Status.ShouldBe(HttpStatusCode.OK);

        cloud.Clients.Find(caller.Key.Id, pinned).ShouldNotBeNull().RefreshedAt.ShouldBe(cloud.Time.GetUtcNow());
        cloud.Clients.Seen.ShouldAllBe(seen => seen.Agent == pinned);
    }

    [Theory]
    [InlineData("Roo-Code 3.52.1", "3.52.1")]
    [InlineData("Roo-Code unknown", null)]
    [InlineData("node", null)]
    [InlineData("Roo-Code ", null)]
    [InlineData("Roo-Code a-version-that-is-longer-than-any-version-there-is", null)]
    public async Task The_version_is_what_it_says_to_Clerk_if_it_knows_it(string userAgent, string? version)
    {
        await using var cloud = await RooCloud.StartAsync();
        var token = cloud.Token(SessionClient.Extension);

        await cloud.SendAsync(HttpMethod.Get, "/roo/api/extension-settings", token, userAgent, content: null);

        cloud.Clients.Find(cloud.Identities.Current.Keys[^1].Id, "roo-code").ShouldNotBeNull().AgentVersion.ShouldBe(version);
    }

    [Fact]
    public async Task Who_is_refused_is_not_noted()
    {
        await using var cloud = await RooCloud.StartAsync();

        await cloud.FetchAsync(HttpMethod.Get, "/roo/api/extension-settings", cloud.Token(SessionClient.Console));
        await cloud.FetchAsync(HttpMethod.Get, "/roo/api/extension-settings", "nonsense");

        cloud.Clients.Seen.ShouldBeEmpty();
    }
}
