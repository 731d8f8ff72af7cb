using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Paddock.Core.Modes;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// The file that the extension imports at each start when the editor's setting <c>roo-cline.autoImportSettingsPath</c> names it. It is the one way by which
/// a client takes <c>disabledTools</c>, and which model goes with which mode.
/// </summary>
internal static class ImportedSettings
{
    private static readonly JsonWriterOptions readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <param name="offered">The modes that the team works in.</param>
    /// <param name="used">Those and the ones that stand in for others.</param>
    public static string FileOf(TeamProfile profile, ProfileModels models, ImmutableArray<Mode> offered, ImmutableArray<Mode> used)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, readable))
        {
            json.WriteStartObject();
            WriteProfiles(json, models, offered);
            json.WriteStartObject("globalSettings");
            WriteModes(json, profile, offered);
            WriteTexts(json, "disabledTools", profile.Modes is { Unlisted.IsAllowed: false } ? DisabledBy(used) : []);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>The tools that none of the modes may use.</summary>
    internal static IEnumerable<string> DisabledBy(ImmutableArray<Mode> modes) => modes.IsEmpty ? [] : RooCodeTools.All
        .Where(tool => RooToolNames.All.Contains(tool.Key) && !ModeGroups.AlwaysAllowed.Contains(tool.Key) && !modes.Any(mode => mode.Offers(tool.Key, tool.Value.Class)))
        .Select(static tool => tool.Key).Order(StringComparer.Ordinal);

    private static void WriteProfiles(Utf8JsonWriter json, ProfileModels models, ImmutableArray<Mode> offered)
    {
        json.WriteStartObject("providerProfiles");
        json.WriteString("currentApiConfigName", models.Default);
        json.WriteStartObject("apiConfigs");
        foreach (var (name, profile) in OrganizationRules.ProfilesOf(models, static _ => true, token: null))
        {
            json.WriteStartObject(name);
            json.WriteString("id", profile.Id);
            json.WriteString("apiProvider", profile.ApiProvider);
            json.WriteString("apiModelId", profile.ApiModelId);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("modeApiConfigs");
        foreach (var mode in offered)
        {
            json.WriteString(mode.Slug, OrganizationRules.IdOf(mode.ModelClass ?? models.Default));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteModes(Utf8JsonWriter json, TeamProfile profile, ImmutableArray<Mode> offered)
    {
        json.WriteStartArray("customModes");
        foreach (var mode in offered)
        {
            json.WriteStartObject();
            json.WriteString("slug", mode.Slug);
            json.WriteString("name", mode.Title);
            json.WriteString("roleDefinition", mode.Role.TrimEnd('\n'));
            WriteIfSaid(json, "whenToUse", mode.WhenToUse);
            WriteIfSaid(json, "description", mode.Description);
            WriteIfSaid(json, "customInstructions", RooModes.InstructionsOf(mode, profile));
            WriteGroups(json, mode);
            json.WriteString("source", "global");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter json, Mode mode)
    {
        json.WriteStartArray("groups");
        foreach (var (name, only) in RooModes.GroupsOf(mode))
        {
            if (only is null)
            {
                json.WriteStringValue(name);
                continue;
            }

            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteStartObject();
            json.WriteString("fileRegex", only.FileRegex);
            WriteIfSaid(json, "description", only.Description);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteIfSaid(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
