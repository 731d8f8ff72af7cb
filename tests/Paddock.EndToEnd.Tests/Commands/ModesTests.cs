using System.Net;
using System.Text.Json;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Commands;

/// <summary><c>paddock modes</c>, and the settings that an extension gets from the same documents.</summary>
public sealed class ModesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_teams_files_are_written_and_its_people_get_its_settings()
    {
        using var place = new Installation();
        var release = RepositoryFolder.Of("examples", "team-profiles", "private-compliance");
        var (server, url) = await place.ServeAsync(["--release", release], new Dictionary<string, string> { ["OWN_MODELS_KEY"] = "secret" });
        await using var _ = server;

        (await place.RunAsync(["modes", "list"])).Printed.ShouldContain("private-compliance");
        var one = await place.RunAsync(["modes", "export", place.At("one"), "--profile", "private-compliance"]);
        var all = await place.RunAsync(["modes", "export", place.At("all"), "--json"]);

        one.Code.ShouldBe(0, one.Errors);
        foreach (var file in new[] { ".roomodes", ".roo/mcp.json", "roo-code-settings.json" })
        {
            one.Printed.ShouldContain(place.At($"one/{file}"));
            (await File.ReadAllTextAsync(place.At($"one/{file}"), Cancelled)).ShouldBe(await File.ReadAllTextAsync(place.At($"all/private-compliance/{file}"), Cancelled));
        }

        JsonDocument.Parse(all.Printed).RootElement.GetProperty("files").GetArrayLength().ShouldBe(3);
        (await place.RunAsync(["modes", "export", place.At("one"), "--profile", "nobody"])).Code.ShouldBe(1);

        await place.RunAsync(["user", "create", "ada", "--team", "claims"]);
        var first = await SettingsAsync(url, await place.CreateKeyAsync());
        first.GetProperty("allowList").GetProperty("providers").GetProperty("roo").GetProperty("allowAll").GetBoolean().ShouldBeTrue();
        first.GetProperty("providerProfiles").GetProperty("own").GetProperty("apiModelId").GetString().ShouldBe("own-large");
        var other = await SettingsAsync(url, (await place.RunAsync(["key", "create", "--name", "other", "--user", "ada"])).Printed);
        other.GetProperty("version").GetInt64().ShouldBe(first.GetProperty("version").GetInt64());
    }

    private static async Task<JsonElement> SettingsAsync(string url, string key)
    {
        var (status, body) = await Installation.SendAsync(new(HttpMethod.Get, url + "/roo/api/extension-settings") { Headers = { { "Authorization", "Bearer " + key }, { "User-Agent", "node" } } });
        status.ShouldBe(HttpStatusCode.OK, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("organization").Clone();
    }
}
