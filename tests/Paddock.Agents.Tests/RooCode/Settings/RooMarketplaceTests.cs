using System.Net;
using System.Text.Json;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>The marketplace, as axios asks for it: it parses JSON wherever it finds some, and the client fails on what it has parsed.</summary>
public sealed class RooMarketplaceTests
{
    [Theory]
    [InlineData("modes")]
    [InlineData("mcps")]
    public async Task What_it_answers_is_never_json_also_when_there_is_nothing(string list)
    {
        foreach (var release in new[] { TeamDocuments.All, "" })
        {
            await using var cloud = await RooCloud.StartAsync(release);

            var (status, type, body) = await cloud.BrowseAsync("/roo/api/marketplace/" + list);

            (status, type).ShouldBe((HttpStatusCode.OK, "application/yaml"));
            Should.Throw<JsonException>(() => JsonDocument.Parse(body));
            YamlText.ToJson(body).ShouldBe(list == "modes" ? RooSchemas.ModeMarketplace : RooSchemas.McpMarketplace);
        }
    }

    [Fact]
    public async Task Whoever_asks_sees_public_items_and_no_others()
    {
        await using var cloud = await RooCloud.StartAsync();

        var modes = YamlText.ToJson((await cloud.BrowseAsync("/roo/api/marketplace/modes")).Body);
        var servers = YamlText.ToJson((await cloud.BrowseAsync("/roo/api/marketplace/mcps")).Body);

        Ids(modes).ShouldBe(["architect"]);
        Ids(servers).ShouldBe(["tickets"]);
        modes.ShouldNotContain("ten lines"); // what one team is told besides
    }

    [Fact]
    public async Task A_modes_content_is_a_mode_that_the_client_loads()
    {
        await using var cloud = await RooCloud.StartAsync();

        using var items = JsonDocument.Parse(YamlText.ToJson((await cloud.BrowseAsync("/roo/api/marketplace/modes")).Body));

        var content = items.RootElement.GetProperty("items")[0].GetProperty("content").GetString()!; // the schema has it
        YamlText.ToJson(content).ShouldBe(RooSchemas.Mode);
    }

    [Fact]
    public async Task A_servers_content_is_what_stands_in_the_clients_file()
    {
        await using var cloud = await RooCloud.StartAsync();

        using var items = JsonDocument.Parse(YamlText.ToJson((await cloud.BrowseAsync("/roo/api/marketplace/mcps")).Body));

        var content = items.RootElement.GetProperty("items")[0].GetProperty("content").GetString()!; // the schema has it
        ("""{"mcpServers":{"tickets":""" + content + "}}").ShouldBe(RooSchemas.McpFile);
        content.ShouldContain("${env:TICKETS}"); // never the secret itself
    }

    private static IEnumerable<string?> Ids(string json)
    {
        using var items = JsonDocument.Parse(json);
        return [.. items.RootElement.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("id").GetString())];
    }
}
