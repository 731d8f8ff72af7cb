using System.Net;
using System.Text.Json;
using Paddock.Agents.RooCode.Settings;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary><c>GET /roo/api/extension-settings</c>, as the client asks and by the schema it reads with.</summary>
public sealed class ExtensionSettingsTests
{
    private const string Path = "/roo/api/extension-settings";

    [Theory]
    [InlineData("developers")]
    [InlineData("visitors")]
    [InlineData("elsewhere")]
    [InlineData(null)]
    public async Task Whoever_asks_gets_settings_that_the_client_takes(string? team)
    {
        await using var cloud = await RooCloud.StartAsync();

        var (status, type, body) = await cloud.FetchAsync(HttpMethod.Get, Path, cloud.Key(team: team));
        var called = await cloud.CallAsync(HttpMethod.Get, Path, cloud.Key(team: team));

        (status, type).ShouldBe((HttpStatusCode.OK, "application/json"));
        body.ShouldBe(RooSchemas.ExtensionSettings);
        called.Body.ShouldBe(body);
    }

    [Fact]
    public async Task Without_any_document_everything_is_allowed_and_nothing_is_recorded()
    {
        await using var cloud = await RooCloud.StartAsync("");

        var (_, _, body) = await cloud.FetchAsync(HttpMethod.Get, Path, cloud.Key());

        body.ShouldBe(RooSchemas.ExtensionSettings);
        using var json = JsonDocument.Parse(body);
        var organization = json.RootElement.GetProperty("organization");
        organization.GetProperty("allowList").GetRawText().ShouldBe("""{"allowAll":true,"providers":{}}""");
        organization.GetProperty("cloudSettings").GetRawText().ShouldBe("""{"recordTaskMessages":false,"enableTaskSharing":false,"allowPublicTaskSharing":false}""");
        organization.GetProperty("providerProfiles").GetRawText().ShouldBe("{}"); // without the member a client would keep those of another team
        json.RootElement.GetProperty("user").GetProperty("settings").GetRawText().ShouldBe("""{"taskSyncEnabled":false}""");
    }

    [Fact]
    public async Task A_teams_settings_are_those_of_its_profile()
    {
        await using var cloud = await RooCloud.StartAsync();

        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, Path, cloud.Key())).Body);

        var organization = json.RootElement.GetProperty("organization");
        organization.GetProperty("allowList").GetRawText().ShouldBe("""{"allowAll":false,"providers":{"roo":{"allowAll":true}}}""");
        organization.GetProperty("cloudSettings").GetRawText().ShouldBe("""{"recordTaskMessages":true,"enableTaskSharing":true,"allowPublicTaskSharing":false}""");
        organization.GetProperty("hideMarketplaceMcps").GetBoolean().ShouldBeTrue();
        organization.GetProperty("hiddenMcps").GetRawText().ShouldBe("""["unwanted"]""");
        var servers = organization.GetProperty("mcps").EnumerateArray().ToList();
        servers.Select(static server => server.GetProperty("id").GetString()).ShouldBe(["tickets", "files"]);
        using var content = JsonDocument.Parse(servers[0].GetProperty("content").GetString()!); // the schema has it
        content.RootElement.GetProperty("url").GetString().ShouldBe("https://tickets.example/mcp");
        json.RootElement.GetProperty("user").GetProperty("settings").GetRawText().ShouldBe("""{"taskSyncEnabled":true}""");
    }

    [Theory]
    [InlineData("organization", true, false)]
    [InlineData("public", true, true)]
    [InlineData("none", false, false)]
    public async Task Whom_tasks_may_be_shared_with_is_two_flags(string sharing, bool atAll, bool inPublic)
    {
        await using var cloud = await RooCloud.StartAsync(TeamDocuments.All.Replace("sharing: organization", "sharing: " + sharing, StringComparison.Ordinal));

        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, Path, cloud.Key())).Body);

        var said = json.RootElement.GetProperty("organization").GetProperty("cloudSettings");
        // A client that is not told takes "in public" for allowed, so both stand there always.
        (said.GetProperty("enableTaskSharing").GetBoolean(), said.GetProperty("allowPublicTaskSharing").GetBoolean()).ShouldBe((atAll, inPublic));
    }

    [Fact]
    public async Task Where_other_models_are_allowed_everything_is_and_the_classes_are_still_offered()
    {
        await using var cloud = await RooCloud.StartAsync(TeamDocuments.OtherModelsToo);

        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, Path, cloud.Key())).Body);

        json.RootElement.GetProperty("organization").GetProperty("allowList").GetRawText().ShouldBe("""{"allowAll":true,"providers":{}}""");
        (await ProfilesAsync(cloud, cloud.Key())).ShouldBe("""{"quick":{"id":"paddock-quick","apiProvider":"roo","apiModelId":"small"},"deep":{"id":"paddock-deep","apiProvider":"roo","apiModelId":"small"}}""");
    }

    [Theory]
    [InlineData("developers")]
    [InlineData("visitors")]
    [InlineData(null)]
    public async Task What_clients_read_and_never_apply_is_left_to_the_gateway(string? team)
    {
        await using var cloud = await RooCloud.StartAsync(TeamDocuments.Forbidding);

        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, Path, cloud.Key(team: team))).Body);

        json.RootElement.GetProperty("organization").GetProperty("defaultSettings").GetRawText().ShouldBe("{}"); // required, and disabledTools in it would look like a rule
    }

    [Fact]
    public async Task A_class_of_models_is_a_profile_with_the_best_that_the_caller_may_use_on_this_wire()
    {
        await using var cloud = await RooCloud.StartAsync();
        cloud.Identities.AddKey(new(), "lin", teams: ["developers", "leads"]);

        (await ProfilesAsync(cloud, cloud.Key())).ShouldBe("""{"quick":{"id":"paddock-quick","apiProvider":"roo","apiModelId":"small"},"deep":{"id":"paddock-deep","apiProvider":"roo","apiModelId":"small"}}""");
        (await ProfilesAsync(cloud, cloud.Key("lin"))).ShouldBe("""{"quick":{"id":"paddock-quick","apiProvider":"roo","apiModelId":"small"},"deep":{"id":"paddock-deep","apiProvider":"roo","apiModelId":"large"}}""");
    }

    [Fact]
    public async Task A_version_is_a_moment_and_changes_with_the_content_only()
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob, visitor) = (cloud.Key(), cloud.Key("bob"), cloud.Key("vic", "visitors"));
        var began = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();

        var (first, user) = await VersionsAsync(cloud, ada);
        first.ShouldBeInRange(began, began + 10);
        cloud.Time.Advance(TimeSpan.FromHours(3));
        (await VersionsAsync(cloud, ada)).ShouldBe((first, user));
        (await VersionsAsync(cloud, bob)).ShouldBe((first, user));
        var (others, _) = await VersionsAsync(cloud, visitor);
        others.ShouldBeGreaterThan(first);

        cloud.Snapshots.Publish(RooCloud.Build(TeamDocuments.All.Replace("hiddenMcps: [unwanted]", "hiddenMcps: [others]", StringComparison.Ordinal)));
        var (second, _) = await VersionsAsync(cloud, ada);
        second.ShouldBeGreaterThan(others);
        (await VersionsAsync(cloud, visitor)).Organization.ShouldBe(others);

        cloud.Snapshots.Publish(RooCloud.Build(TeamDocuments.All));
        (await VersionsAsync(cloud, ada)).Organization.ShouldBe(first); // what it was before, and not what the client has
    }

    [Fact]
    public async Task A_token_stands_in_profiles_only_where_the_team_asks_and_when_it_lasts()
    {
        await using var cloud = await RooCloud.StartAsync(TeamDocuments.All.Replace("client: {", "client: {tokenInProfiles: true, ", StringComparison.Ordinal));
        var key = cloud.Key();

        (await ProfilesAsync(cloud, key)).ShouldContain($"\"rooApiKey\":\"{key}\"");
        (await ProfilesAsync(cloud, cloud.Token(SessionClient.Extension))).ShouldNotContain("rooApiKey"); // its time would be over before the client asks again
        (await ProfilesAsync(cloud, cloud.Token(SessionClient.Device, lasts: TimeSpan.FromHours(8)))).ShouldContain("rooApiKey");
        (await ProfilesAsync(cloud, cloud.Key("vic", "visitors"))).ShouldNotContain("rooApiKey");

        await using var usual = await RooCloud.StartAsync();
        (await ProfilesAsync(usual, usual.Key())).ShouldNotContain("rooApiKey");
    }

    [Theory]
    [InlineData("VersionOfAsync", true)]
    [InlineData("VersionOfAsync", false)]
    [InlineData("FindAsync", true)]
    [InlineData("FindAsync", false)]
    public async Task A_store_in_trouble_is_an_error_soon_and_no_settings_that_allow_more(string method, bool hangs)
    {
        await using var cloud = await RooCloud.StartAsync();
        var (token, caller) = cloud.Identities.AddKey(new() { Models = true }, "ada", teams: ["developers"]);
        var meets = cloud.Settings.MeetTrouble(method, hangs);

        var asking = cloud.FetchAsync(HttpMethod.Get, Path, token);
        await meets;
        cloud.Time.Advance(hangs ? RooSettings.Patience : TimeSpan.Zero);
        var (status, type, body) = await asking;

        (status, type).ShouldBe((HttpStatusCode.ServiceUnavailable, "application/json")); // by which the client keeps what it has, and asks again after a second
        body.ShouldBe(RooSchemas.Error);
        body.ShouldNotContain("disk");
        cloud.Clients.Find(caller.Key.Id, "roo-code")!.RefreshedAt.ShouldBeNull(); // it was seen
        cloud.Clients.Unserved.ShouldBe(1);
        cloud.Settings.Trouble = null;
        (await cloud.FetchAsync(HttpMethod.Get, Path, token)).Body.ShouldBe(RooSchemas.ExtensionSettings);
        cloud.Clients.Find(caller.Key.Id, "roo-code")!.RefreshedAt.ShouldBe(cloud.Time.GetUtcNow());
    }

    private static async Task<string> ProfilesAsync(RooCloud cloud, string token)
    {
        var (_, _, body) = await cloud.FetchAsync(HttpMethod.Get, Path, token);
        body.ShouldBe(RooSchemas.ExtensionSettings);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("organization").GetProperty("providerProfiles").GetRawText();
    }

    private static async Task<(long Organization, long User)> VersionsAsync(RooCloud cloud, string token)
    {
        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, Path, token)).Body);
        return (json.RootElement.GetProperty("organization").GetProperty("version").GetInt64(), json.RootElement.GetProperty("user").GetProperty("version").GetInt64());
    }
}
