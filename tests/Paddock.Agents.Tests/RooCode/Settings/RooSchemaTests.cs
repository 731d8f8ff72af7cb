using System.Text.Json.Nodes;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>The schemas of these tests refuse what the client refuses; a schema that takes everything would prove nothing.</summary>
public class RooSchemaTests
{
    private const string Good = """
        {"organization":{"version":1,"defaultSettings":{"disabledTools":["execute_command"]},"allowList":{"allowAll":false,"providers":{"roo":{"allowAll":true},"openai":{"allowAll":false,"models":["gpt-5"]}}},
        "cloudSettings":{"recordTaskMessages":true,"workspaceTaskVisibility":"creator","taskShareExpirationDays":3},"features":{},"hiddenMcps":["a"],"hideMarketplaceMcps":true,
        "mcps":[{"id":"m","name":"M","description":"d","url":"https://m.example","content":"{}"}],"providerProfiles":{"quick":{"id":"q","apiProvider":"roo","apiModelId":"gpt"}}},
        "user":{"version":2,"features":{},"settings":{"taskSyncEnabled":false}}}
        """;

    [Fact]
    public void What_the_client_takes_has_no_fault() => RooSchemas.ExtensionSettings.FaultsIn(Good).ShouldBeEmpty();

    [Theory]
    [InlineData("organization")]
    [InlineData("organization.version")]
    [InlineData("organization.defaultSettings")]
    [InlineData("organization.allowList")]
    [InlineData("organization.allowList.allowAll")]
    [InlineData("organization.allowList.providers")]
    [InlineData("organization.allowList.providers.roo.allowAll")]
    [InlineData("organization.mcps.0.url")]
    [InlineData("organization.mcps.0.description")]
    [InlineData("organization.mcps.0.content")]
    [InlineData("user")]
    [InlineData("user.version")]
    [InlineData("user.features")]
    [InlineData("user.settings")]
    public void A_member_that_is_missing_is_a_fault(string path)
    {
        var settings = JsonNode.Parse(Good)!; // it is JSON
        var (parent, name) = At(settings, path);
        parent.AsObject().Remove(name);

        RooSchemas.ExtensionSettings.FaultsIn(settings.ToJsonString()).ShouldHaveSingleItem().ShouldEndWith($"{name}: missing");
    }

    [Theory]
    [InlineData("organization.version", "\"1\"")]
    [InlineData("organization.version", "null")]
    [InlineData("organization.defaultSettings.disabledTools", "[\"rm\"]")]
    [InlineData("organization.defaultSettings.maxOpenTabsContext", "-1")]
    [InlineData("organization.defaultSettings.maxOpenTabsContext", "1.5")]
    [InlineData("organization.allowList.allowAll", "1")]
    [InlineData("organization.cloudSettings.workspaceTaskVisibility", "\"everybody\"")]
    [InlineData("organization.cloudSettings.taskShareExpirationDays", "0")]
    [InlineData("organization.providerProfiles.quick.apiProvider", "\"paddock\"")]
    [InlineData("organization.providerProfiles.quick.id", "null")]
    [InlineData("organization.providerProfiles", "[]")]
    [InlineData("organization.mcps.0.url", "\"m\"")]
    [InlineData("organization.mcps.0.content", "{}")]
    [InlineData("organization.hiddenMcps", "[1]")]
    [InlineData("organization.unheardOf", "1")]
    [InlineData("user.settings.taskSyncEnabled", "\"yes\"")]
    public void A_value_of_another_type_or_of_no_known_word_is_a_fault(string path, string value)
    {
        var settings = JsonNode.Parse(Good)!; // it is JSON
        var (parent, name) = At(settings, path);
        parent[name] = JsonNode.Parse(value);

        RooSchemas.ExtensionSettings.FaultsIn(settings.ToJsonString()).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{"customModes":[{"slug":"a b","name":"A","roleDefinition":"r","groups":[]}]}""")]
    [InlineData("""{"customModes":[{"slug":"a","name":"","roleDefinition":"r","groups":[]}]}""")]
    [InlineData("""{"customModes":[{"slug":"a","name":"A","roleDefinition":"r"}]}""")]
    [InlineData("""{"customModes":[{"slug":"a","name":"A","roleDefinition":"r","groups":["write"]}]}""")]
    [InlineData("""{"customModes":[{"slug":"a","name":"A","roleDefinition":"r","groups":[["edit"]]}]}""")]
    public void A_mode_that_the_client_would_not_load_is_a_fault(string json) => RooSchemas.RooModes.FaultsIn(json).ShouldNotBeEmpty();

    private const string Listed = """
        {"object":"list","data":[
        {"id":"a","object":"model","created":0,"owned_by":"lab","name":"A","description":"d","context_window":128000,"max_tokens":16384,"type":"language","tags":["vision","reasoning"],"pricing":{"input":"0.000005","output":"25","input_cache_read":"0"}},
        {"id":"b","object":"model","created":0,"owned_by":"lab","name":"B","description":"d","context_window":128000,"max_tokens":16384,"type":"language","pricing":{"input":"0.1","output":"0.2"},
         "deprecated":false,"default_temperature":0.5,"settings":{"excludedTools":["apply_diff"]},"versionedSettings":{"3.36.4":{"includedTools":["edit"]}}}]}
        """;

    [Fact]
    public void Models_that_the_client_takes_have_no_fault() => RooSchemas.Models.FaultsIn(Listed).ShouldBeEmpty();

    [Theory]
    [InlineData("object")]
    [InlineData("data")]
    [InlineData("data.1.id")]
    [InlineData("data.1.object")]
    [InlineData("data.1.created")]
    [InlineData("data.1.owned_by")]
    [InlineData("data.1.name")]
    [InlineData("data.1.description")]
    [InlineData("data.1.context_window")]
    [InlineData("data.1.max_tokens")]
    [InlineData("data.1.type")]
    [InlineData("data.1.pricing")]
    [InlineData("data.1.pricing.input")]
    [InlineData("data.1.pricing.output")]
    public void A_model_without_a_member_is_a_fault(string path)
    {
        var models = JsonNode.Parse(Listed)!; // it is JSON
        var (parent, name) = At(models, path);
        parent.AsObject().Remove(name);

        RooSchemas.Models.FaultsIn(models.ToJsonString()).ShouldHaveSingleItem().ShouldEndWith($"{name}: missing");
    }

    [Theory]
    [InlineData("object", "\"models\"")]
    [InlineData("data.0.created", "\"0\"")]
    [InlineData("data.0.context_window", "null")]
    [InlineData("data.0.max_tokens", "\"16384\"")]
    [InlineData("data.0.type", "\"image\"")]
    [InlineData("data.0.description", "null")]
    [InlineData("data.0.tags", "\"free\"")]
    [InlineData("data.0.tags", "[\"sees\"]")]
    [InlineData("data.0.pricing.input", "0.000005")]
    [InlineData("data.0.pricing.input", "\"5E-06\"")]
    [InlineData("data.0.pricing.output", "\"-1\"")]
    [InlineData("data.0.pricing.output", "\"0,25\"")]
    [InlineData("data.0.pricing.input_cache_read", "null")]
    [InlineData("data.1.settings", "[]")]
    public void A_model_with_another_value_is_a_fault(string path, string value)
    {
        var models = JsonNode.Parse(Listed)!; // it is JSON
        var (parent, name) = At(models, path);
        parent[name] = JsonNode.Parse(value);

        RooSchemas.Models.FaultsIn(models.ToJsonString()).ShouldNotBeEmpty();
    }

    private static (JsonNode Parent, string Name) At(JsonNode root, string path)
    {
        var names = path.Split('.');
        return (names[..^1].Aggregate(root, static (node, name) => (int.TryParse(name, out var index) ? node[index] : node[name])!), names[^1]); // the path is of the document above
    }
}
