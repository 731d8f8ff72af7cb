using System.Net;
using System.Text.Json;
using Paddock.Agents.RooCode.Settings;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary><c>PATCH /roo/api/user-settings</c>.</summary>
public sealed class UserSettingsTests
{
    private const string Path = "/roo/api/user-settings";

    [Fact]
    public async Task A_choice_is_kept_and_answered_with_a_greater_version()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        var before = await VersionAsync(cloud, key);

        var (status, _, body) = await ChangeAsync(cloud, key, $$$"""{"settings":{"taskSyncEnabled":false},"version":{{{before}}}}""");

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe(RooSchemas.UserSettings);
        var (off, version) = Read(body);
        (off, version > before).ShouldBe((false, true));
        (await VersionAsync(cloud, key)).ShouldBe(version);

        var (on, later) = Read((await ChangeAsync(cloud, key, $$$"""{"settings":{"taskSyncEnabled":true},"version":{{{version}}}}""")).Body);
        (on, later > version).ShouldBe((true, true)); // the same content as at first, and still a greater number
    }

    [Fact]
    public async Task Whoever_saw_an_older_version_is_told_of_the_conflict()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        var seen = await VersionAsync(cloud, key);
        (await ChangeAsync(cloud, key, $$$"""{"settings":{"llmEnhancedFeaturesEnabled":true},"version":{{{seen}}}}""")).Status.ShouldBe(HttpStatusCode.OK);

        (await ChangeAsync(cloud, key, $$$"""{"settings":{"taskSyncEnabled":false},"version":{{{seen}}}}""")).Status.ShouldBe(HttpStatusCode.Conflict);

        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, "/roo/api/extension-settings", key)).Body);
        json.RootElement.GetProperty("user").GetProperty("settings").GetRawText().ShouldBe("""{"taskSyncEnabled":true,"llmEnhancedFeaturesEnabled":true}""");
        (await ChangeAsync(cloud, key, """{"settings":{"taskSyncEnabled":false}}""")).Status.ShouldBe(HttpStatusCode.OK); // says no version, so takes whatever is there
    }

    [Fact]
    public async Task What_a_team_does_not_record_nobody_switches_on()
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key("vic", "visitors");

        var (status, _, body) = await ChangeAsync(cloud, key, """{"settings":{"taskSyncEnabled":true}}""");

        (status, Read(body).SyncsTasks).ShouldBe((HttpStatusCode.OK, false));
    }

    [Fact]
    public async Task Everybody_has_choices_of_their_own_and_no_two_have_one_number()
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob) = (cloud.Key(), cloud.Key("bob"));

        var adas = Read((await ChangeAsync(cloud, ada, """{"settings":{"taskSyncEnabled":false}}""")).Body);
        var bobs = Read((await ChangeAsync(cloud, bob, """{"settings":{"taskSyncEnabled":false}}""")).Body);

        bobs.Version.ShouldNotBe(adas.Version);
    }

    [Fact]
    public async Task Members_of_older_clients_are_passed_over()
    {
        await using var cloud = await RooCloud.StartAsync();

        (await ChangeAsync(cloud, cloud.Key(), """{"settings":{"extensionBridgeEnabled":true},"client":"old"}""")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"settings":null}""")]
    [InlineData("""{"settings":{"taskSyncEnabled":"yes"}}""")]
    [InlineData("""{"settings":{"taskSyncEnabled":true,"taskSyncEnabled":false}}""")]
    [InlineData("""{"settings":{},"version":"1"}""")]
    public async Task A_body_of_another_shape_changes_nothing(string body)
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        var before = await VersionAsync(cloud, key);

        (await ChangeAsync(cloud, key, body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await VersionAsync(cloud, key)).ShouldBe(before);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        await using var cloud = await RooCloud.StartAsync();

        (await ChangeAsync(cloud, cloud.Key(), $$$"""{"settings":{},"more":"{{{new string('x', 9_000)}}}"}""")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("VersionOfAsync", true)]
    [InlineData("VersionOfAsync", false)]
    [InlineData("FindAsync", true)]
    [InlineData("FindAsync", false)]
    [InlineData("ChangeAsync", true)]
    [InlineData("ChangeAsync", false)]
    public async Task A_store_in_trouble_is_an_error_soon_and_changes_nothing(string method, bool hangs)
    {
        await using var cloud = await RooCloud.StartAsync();
        var key = cloud.Key();
        var before = await VersionAsync(cloud, key);
        var meets = cloud.Settings.MeetTrouble(method, hangs);

        var asking = ChangeAsync(cloud, key, """{"settings":{"taskSyncEnabled":false}}""");
        await meets;
        cloud.Time.Advance(hangs ? RooSettings.Patience : TimeSpan.Zero);
        var (status, type, body) = await asking;

        (status, type).ShouldBe((HttpStatusCode.ServiceUnavailable, "application/json"));
        body.ShouldBe(RooSchemas.Error);
        cloud.Settings.Trouble = null;
        (await VersionAsync(cloud, key)).ShouldBe(before);
        (await ChangeAsync(cloud, key, $$$"""{"settings":{"taskSyncEnabled":false},"version":{{{before}}}}""")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_number_of_somebody_elses_settings_is_a_conflict()
    {
        await using var cloud = await RooCloud.StartAsync();
        var (ada, bob) = (cloud.Key(), cloud.Key("bob"));
        var adas = Read((await ChangeAsync(cloud, ada, """{"settings":{"taskSyncEnabled":true}}""")).Body).Version;
        var bobs = Read((await ChangeAsync(cloud, bob, """{"settings":{"taskSyncEnabled":true}}""")).Body).Version;

        var (status, type, body) = await ChangeAsync(cloud, ada, $$$"""{"settings":{"taskSyncEnabled":false},"version":{{{bobs}}}}""");

        (status, type).ShouldBe((HttpStatusCode.Conflict, "application/json"));
        body.ShouldBe(RooSchemas.Error);
        ((await VersionAsync(cloud, ada)), (await VersionAsync(cloud, bob))).ShouldBe((adas, bobs));
    }

    /// <summary>The client sends it with fetch, and says that it is JSON.</summary>
    private static Task<RooCloud.Answer> ChangeAsync(RooCloud cloud, string key, string body) => cloud.FetchAsync(HttpMethod.Patch, Path, key, body);

    private static (bool SyncsTasks, long Version) Read(string body)
    {
        using var json = JsonDocument.Parse(body);
        return (json.RootElement.GetProperty("settings").GetProperty("taskSyncEnabled").GetBoolean(), json.RootElement.GetProperty("version").GetInt64());
    }

    private static async Task<long> VersionAsync(RooCloud cloud, string key)
    {
        using var json = JsonDocument.Parse((await cloud.FetchAsync(HttpMethod.Get, "/roo/api/extension-settings", key)).Body);
        return json.RootElement.GetProperty("user").GetProperty("version").GetInt64();
    }
}
