using System.Text.Json;
using CsCheck;
using Paddock.Agents.RooCode.Settings;
using Paddock.Core.Modes;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>A team profile as the files that the client reads.</summary>
public class RooFilesTests
{
    [Fact]
    public void A_team_has_its_modes_its_servers_and_the_settings_that_an_editor_imports()
    {
        var files = FilesOf("developers");

        files.Keys.ShouldBe([".roomodes", ".roo/mcp.json", "roo-code-settings.json"]);
        YamlText.ToJson(files[".roomodes"]).ShouldBe(RooSchemas.RooModes);
        files[".roo/mcp.json"].ShouldBe(RooSchemas.McpFile);
        files["roo-code-settings.json"].ShouldBe(RooSchemas.ImportedSettings);
        FilesOf("developers").ShouldBe(files);
        FilesOf("visitors").ShouldBeEmpty(); // it says nothing that files could hold
    }

    [Fact]
    public void Modes_are_written_so_that_people_can_read_them() => FilesOf("developers")[".roomodes"].ShouldBe(
        """
        # Made by Paddock from the team profile developers; what is changed here holds in this client only.
        customModes:
          - slug: "architect"
            name: "Architect"
            roleDefinition: "You plan."
            whenToUse: "Before a large change."
            groups:
              - read
              - - edit
                - fileRegex: "\\.md$"
                  description: "Markdown files"
              - mcp
            customInstructions: |-
              Write plans to docs/plans.

              One file each.

              Answer in ten lines.
          - slug: "talk"
            name: "Talk: \"only\""
            roleDefinition: "You answer."
            groups: []
            customInstructions: "Answer in ten lines."

        """);

    [Fact]
    public void Imported_settings_switch_off_what_no_mode_may_do_and_say_which_model_goes_with_which_mode()
    {
        using var json = JsonDocument.Parse(FilesOf("developers")["roo-code-settings.json"]);

        var profiles = json.RootElement.GetProperty("providerProfiles");
        profiles.GetProperty("currentApiConfigName").GetString().ShouldBe("quick");
        profiles.GetProperty("modeApiConfigs").EnumerateObject().Select(static mode => $"{mode.Name}={mode.Value}").ShouldBe(["architect=paddock-deep", "talk=paddock-quick"]);
        profiles.GetProperty("apiConfigs").GetProperty("deep").GetProperty("apiModelId").GetString().ShouldBe("large");
        json.RootElement.GetProperty("globalSettings").GetProperty("disabledTools").EnumerateArray().Select(static tool => tool.GetString()).ShouldBe(["execute_command"]);
    }

    [Fact]
    public void Where_other_modes_are_allowed_no_tool_is_switched_off()
    {
        var files = FilesOf("developers", TeamDocuments.All.Replace("forbidden: [orchestrator]", "unlisted: allow", StringComparison.Ordinal));

        using var json = JsonDocument.Parse(files["roo-code-settings.json"]);
        json.RootElement.GetProperty("globalSettings").GetProperty("disabledTools").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Any_text_comes_back_as_it_was() => Gen.OneOf(Gen.String, Gen.OneOfConst(" ", "\n", "a", "\t", "#", ": ", "- ", "|", "\"", "\\", "\r", "\u2028", "\u202e", "\ud83d\ude00", "'", "%", "é").Array[0, 12].Select(string.Concat)).Sample(text =>
    {
        var written = new BlockYaml().Line(0, "items:").Text(1, "one", text, dash: true).Text(2, "two", text).ToString();

        using var json = JsonDocument.Parse(YamlText.ToJson(written));
        var item = json.RootElement.GetProperty("items")[0];
        return IsLone(text) || (item.GetProperty("one").GetString() == text && item.GetProperty("two").GetString() == text);
    });

    [Fact]
    public void Every_tool_that_settings_name_is_one_the_client_knows()
    {
        Mode talk = new() { Name = "talk", Slug = "talk", Title = "Talk", Role = "You talk.", Groups = [] };

        ImportedSettings.DisabledBy([talk]).ShouldBe([
            "access_mcp_resource", "apply_diff", "apply_patch", "codebase_search", "edit", "edit_file", "execute_command", "generate_image", "list_files", "read_command_output", "read_file", "search_and_replace",
            "search_files", "search_replace", "write_to_file",
        ]);
        ImportedSettings.DisabledBy([talk with { AllowedTools = ["read_file"], DeniedTools = ["new_task"] }]).ShouldNotContain("read_file");
        ImportedSettings.DisabledBy([talk with { DeniedTools = ["new_task"] }]).ShouldContain("new_task");
        ImportedSettings.DisabledBy([]).ShouldBeEmpty();
    }

    /// <summary>Half a character is none: JSON cannot hold it either.</summary>
    private static bool IsLone(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, string> FilesOf(string profile, string release = TeamDocuments.All)
    {
        var profiles = RooCloud.Build(release).Profiles;
        return new RooFiles().Of(profiles.All.Single(each => each.Name == profile), profiles).ToDictionary(static file => file.Path, static file => file.Text);
    }
}
