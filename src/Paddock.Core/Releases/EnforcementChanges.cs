using System.Collections.Immutable;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Releases;

/// <summary>
/// Where one release holds what was bound otherwise than another: a policy turned to shadow is as good as deleted, so this is told apart
/// from a change of rules. A binding that is new is none: it takes nothing from what holds.
/// </summary>
public static class EnforcementChanges
{
    public static ImmutableArray<EnforcementChange> Between(ReleaseContent before, ReleaseContent after) =>
        [.. before.Bindings.SelectMany(binding => Of(binding, after.Bindings.FirstOrDefault(other => other.Name == binding.Name))), .. Profiles(before, after), .. Defaults(before.Defaults.Tools, after.Defaults.Tools)];

    private static IEnumerable<EnforcementChange> Of(PolicyBinding before, PolicyBinding? after)
    {
        if (after is null)
        {
            return before.Enforcement is Enforcement.Off ? [] : [new($"PolicyBinding {before.Name}", NameOf(before.Enforcement), "gone")];
        }

        return Different(
            new($"PolicyBinding {before.Name}", NameOf(before.Enforcement), NameOf(after.Enforcement)),
            new($"PolicyBinding {before.Name}, policy", before.Policy, after.Policy, "policy"),
            new($"PolicyBinding {before.Name}, scope", NameOf(before.Scope), NameOf(after.Scope), "scope"),
            new($"PolicyBinding {before.Name}, overridable", before.Overridable ? "true" : "false", after.Overridable ? "true" : "false", "overridable"));
    }

    /// <summary>A team profile is bound to those it is for.</summary>
    private static IEnumerable<EnforcementChange> Profiles(ReleaseContent before, ReleaseContent after) => before.Profiles.SelectMany(profile =>
        after.Profiles.FirstOrDefault(other => other.Name == profile.Name) is { } kept
            ? Different(
                new($"TeamProfile {profile.Name}, for", PeopleOf(profile), PeopleOf(kept), "scope"),
                new($"TeamProfile {profile.Name}, priority", $"{profile.Priority}", $"{kept.Priority}", "scope"))
            : [new($"TeamProfile {profile.Name}", PeopleOf(profile), "gone", "scope")]);

    private static string PeopleOf(TeamProfile profile) => NameOf(new BindingScope { Teams = profile.Teams, Principals = profile.Users });

    private static IEnumerable<EnforcementChange> Defaults(ToolDefaults before, ToolDefaults after) => Different(
        [.. Enum.GetValues<ToolClass>().Select(tool => new EnforcementChange($"defaults.tools.{NameOf(tool)}", NameOf(before.Of(tool)), NameOf(after.Of(tool)), "defaults"))]);

    private static IEnumerable<EnforcementChange> Different(params EnforcementChange[] each) => each.Where(one => one.From != one.To);

    private static string NameOf<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string NameOf(BindingScope scope)
    {
        (string Name, ImmutableArray<string> Values)[] parts =
        [
            ("repositories", scope.Repositories), ("environments", scope.Environments), ("teams", scope.Teams), ("principals", scope.Principals), ("agents", scope.Agents),
        ];
        var said = string.Join(' ', parts.Where(part => !part.Values.IsEmpty).Select(part => $"{part.Name}[{string.Join(", ", part.Values)}]"));
        return said.Length == 0 ? "everybody" : said;
    }
}

/// <summary>Something is bound otherwise.</summary>
/// <param name="What">Such as <c>PolicyBinding git-writes</c> or <c>defaults.tools.command</c>.</param>
/// <param name="Part">enforcement, policy, scope, overridable or defaults.</param>
public sealed record EnforcementChange(string What, string From, string To, string Part = "enforcement")
{
    public override string ToString() => $"{What}: {From} → {To}";
}
