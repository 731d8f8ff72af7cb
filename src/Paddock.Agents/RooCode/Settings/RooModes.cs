using System.Collections.Immutable;
using Paddock.Core.Modes;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>Modes as Roo Code's files have them. Exceptions by tool are not in them: the client knows groups only, and Paddock holds to the rest.</summary>
internal static class RooModes
{
    /// <summary>The whole of <c>.roomodes</c>.</summary>
    public static string FileOf(TeamProfile profile, ImmutableArray<Mode> modes)
    {
        var yaml = new BlockYaml().Line(0, $"# Made by Paddock from the team profile {profile.Name}; what is changed here holds in this client only.").Line(0, "customModes:");
        foreach (var mode in modes)
        {
            Write(yaml, 1, mode, InstructionsOf(mode, profile));
        }

        return yaml.ToString();
    }

    /// <summary>One mode by itself, as the marketplace hands it out.</summary>
    public static string ContentOf(Mode mode)
    {
        var yaml = new BlockYaml();
        WriteMembers(yaml, 0, mode, InstructionsOf(mode, null));
        return yaml.ToString();
    }

    public static string? InstructionsOf(Mode mode, TeamProfile? profile)
    {
        string[] parts = [.. new[] { mode.Instructions, profile?.Output }.OfType<string>().Select(static part => part.Trim('\n'))];
        return parts.Length == 0 ? null : string.Join("\n\n", parts);
    }

    /// <summary>The groups, each with the files that it is limited to.</summary>
    public static IEnumerable<(string Name, ModeEdits? Only)> GroupsOf(Mode mode) =>
        mode.Groups.Distinct().Select(group => (ModeGroups.NameOf(group), group is ModeGroup.Edit ? mode.Edits : null));

    private static void Write(BlockYaml yaml, int depth, Mode mode, string? instructions)
    {
        yaml.Text(depth, "slug", mode.Slug, dash: true);
        WriteRest(yaml, depth + 1, mode, instructions);
    }

    private static void WriteMembers(BlockYaml yaml, int depth, Mode mode, string? instructions)
    {
        yaml.Text(depth, "slug", mode.Slug);
        WriteRest(yaml, depth, mode, instructions);
    }

    private static void WriteRest(BlockYaml yaml, int depth, Mode mode, string? instructions)
    {
        yaml.Text(depth, "name", mode.Title).Text(depth, "roleDefinition", mode.Role.TrimEnd('\n')).Text(depth, "whenToUse", mode.WhenToUse).Text(depth, "description", mode.Description);
        if (mode.Groups.IsEmpty)
        {
            yaml.Line(depth, "groups: []");
        }
        else
        {
            yaml.Line(depth, "groups:");
            foreach (var (name, only) in GroupsOf(mode))
            {
                WriteGroup(yaml, depth + 1, name, only);
            }
        }

        yaml.Text(depth, "customInstructions", instructions);
    }

    private static void WriteGroup(BlockYaml yaml, int depth, string name, ModeEdits? only)
    {
        if (only is null)
        {
            yaml.Line(depth, "- " + name);
            return;
        }

        yaml.Line(depth, "- - " + name).Text(depth + 1, "fileRegex", only.FileRegex, dash: true).Text(depth + 2, "description", only.Description);
    }
}
