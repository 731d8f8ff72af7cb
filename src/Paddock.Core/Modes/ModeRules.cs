using System.Collections.Immutable;
using Paddock.Core.Policies;

namespace Paddock.Core.Modes;

/// <summary>
/// Makes rules of modes and team profiles, in policies that no document names: <c>mode:NAME</c>, and <c>team-profile:NAME</c>. So the
/// one engine decides, and decisions, explanations and the audit log show them as they show any rule. All of them refuse or ask: what an
/// agent says of its mode lets nobody do more than the policies do.
/// </summary>
internal static class ModeRules
{
    public static (ImmutableArray<Policy> Policies, ImmutableArray<PolicyBinding> Bindings) Of(TeamProfiles profiles)
    {
        var policies = new Dictionary<string, Policy>(StringComparer.Ordinal);
        var bindings = ImmutableArray.CreateBuilder<PolicyBinding>();
        foreach (var profile in profiles.All)
        {
            foreach (var policy in PoliciesOf(profiles, profile).Where(static policy => !policy.Rules.IsEmpty))
            {
                policies[policy.Name] = policy;
                bindings.AddRange(profiles.ScopesOf(profile).Select((scope, i) => Bound(profile, policy, scope, i)));
            }
        }

        return ([.. policies.Values], bindings.ToImmutable());
    }

    private static PolicyBinding Bound(TeamProfile profile, Policy policy, BindingScope scope, int index) => new()
    {
        Name = $"team-profile:{profile.Name}/{policy.Name}/{index}",
        Policy = policy.Name,
        Scope = scope,
        Enforcement = Enforcement.Enforce,
        File = profile.File,
        Line = profile.Line,
    };

    private static IEnumerable<Policy> PoliciesOf(TeamProfiles profiles, TeamProfile profile)
    {
        var used = profiles.UsedBy(profile);
        foreach (var mode in used)
        {
            yield return Policy($"mode:{mode.Name}", mode.File, mode.Line, LimitRules.Of(mode, ModeMeeting.By(mode)));
            if (ModeMeeting.InPlaceOfOthers(profile, mode, used) is { } others)
            {
                yield return Policy($"mode:{mode.Name}@{profile.Name}", mode.File, mode.Line, LimitRules.Of(mode, others));
            }
        }

        yield return Policy($"team-profile:{profile.Name}", profile.File, profile.Line, ProfileRules.Of(profile, used));
    }

    private static Policy Policy(string name, string file, int line, IEnumerable<PolicyRule> rules) => new() { Name = name, File = file, Line = line, Rules = [.. rules] };
}
