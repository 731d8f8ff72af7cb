using Paddock.Core.Modes;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>A team profile as the files that Roo Code and Zoo Code read.</summary>
internal sealed class RooFiles : IProfileFiles
{
    public string Agent => "roo-code";

    public IEnumerable<ProfileFile> Of(TeamProfile profile, TeamProfiles profiles)
    {
        var modes = profiles.PreferredBy(profile);
        if (!modes.IsEmpty)
        {
            yield return new(".roomodes", "the root of each workspace", RooModes.FileOf(profile, modes));
        }

        if (!profile.McpServers.IsEmpty)
        {
            yield return new(".roo/mcp.json", "each workspace", RooMcp.FileOf(profile.McpServers));
        }

        if (profile.Models is { } models)
        {
            yield return new("roo-code-settings.json", "each machine, named by the editor's setting roo-cline.autoImportSettingsPath", ImportedSettings.FileOf(profile, models, modes, profiles.UsedBy(profile)));
        }
    }
}
