using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Modes;

/// <summary>What a team profile says of modes and approvals, as rules.</summary>
internal static class ProfileRules
{
    public static IEnumerable<PolicyRule> Of(TeamProfile profile, ImmutableArray<Mode> used)
    {
        if (profile.Modes is { } modes)
        {
            foreach (var rule in OfModes(profile, modes, used))
            {
                yield return rule;
            }
        }

        foreach (var (tool, approval) in profile.Approvals)
        {
            var name = ToolClassNames.Of(tool);
            yield return LimitRules.Rule($"approve-{name}", new() { Classes = [tool] }, null, $"The team profile '{profile.Name}' has somebody look at each {name} call first", "Go on with something else until it is approved", approval);
        }
    }

    private static IEnumerable<PolicyRule> OfModes(TeamProfile profile, ProfileModes modes, ImmutableArray<Mode> used)
    {
        const string Fix = "Switch to one of the team's modes";
        if (!modes.Forbidden.IsEmpty)
        {
            yield return LimitRules.Rule("forbidden-mode", new() { Modes = modes.Forbidden }, null, $"The team profile '{profile.Name}' forbids this mode", Fix);
        }

        if (modes.Unlisted.IsRefused)
        {
            yield return LimitRules.Rule("unlisted-mode", RuleMatch.Everything, $"has(task.mode) && {ModeMeeting.Unlisted(profile, used)}", $"The team profile '{profile.Name}' does not know this mode", Fix);
        }

        if (modes.Missing.IsRefused)
        {
            yield return LimitRules.Rule("missing-mode", RuleMatch.Everything, ModeMeeting.Missing, $"The team profile '{profile.Name}' takes no calls that say no mode", "Update the agent, or have a key made that states the mode");
        }
    }
}
