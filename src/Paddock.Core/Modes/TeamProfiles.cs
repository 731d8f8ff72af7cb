using System.Collections.Frozen;
using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Core.Policies;

namespace Paddock.Core.Modes;

/// <summary>
/// The team profiles and modes of a release. For a person the first holds that names them, else the first that names a team of theirs,
/// else the one for everybody; the higher priority is first.
/// </summary>
public sealed class TeamProfiles
{
    public static readonly TeamProfiles None = new([], []);

    private readonly ImmutableArray<TeamProfile> ordered;
    private readonly FrozenSet<string> budgets;
    private readonly FrozenDictionary<string, ProfileLimits> limits;

    public TeamProfiles(IEnumerable<TeamProfile> profiles, IEnumerable<Mode> modes)
    {
        ordered = [.. profiles.OrderByDescending(static profile => profile.Priority).ThenBy(static profile => profile.Name, StringComparer.Ordinal)];
        budgets = ordered.SelectMany(static profile => profile.Budgets).ToFrozenSet(StringComparer.Ordinal);
        Modes = modes.ToFrozenDictionary(static mode => mode.Name, StringComparer.Ordinal);
        limits = ordered.ToFrozenDictionary(static profile => profile.Name, profile => new ProfileLimits(profile, this), StringComparer.Ordinal);
    }

    /// <summary>By the documents' names.</summary>
    public FrozenDictionary<string, Mode> Modes { get; }

    /// <summary>In the order in which they hold.</summary>
    public ImmutableArray<TeamProfile> All => ordered;

    /// <summary>The one that holds for this person; null when none does.</summary>
    public TeamProfile? Of(Principal principal)
    {
        foreach (var profile in ordered)
        {
            if (IsNamed(profile.Users, principal))
            {
                return profile;
            }
        }

        TeamProfile? rest = null;
        foreach (var profile in ordered)
        {
            if (IsForOneOf(profile.Teams, principal.Teams))
            {
                return profile;
            }

            rest ??= profile.IsForEverybody ? profile : null;
        }

        return rest;
    }

    /// <summary>What the one that holds for this person says of their model calls; null when none holds.</summary>
    public ProfileLimits? LimitsOf(Principal principal) => Of(principal) is { } profile ? limits[profile.Name] : null;

    /// <summary>Whether a budget holds for those of a profile: budgets that profiles name hold for theirs only.</summary>
    /// <param name="profile">Null = for those of no profile.</param>
    public bool Counts(string budget, TeamProfile? profile) => !budgets.Contains(budget) || profile?.Budgets.Contains(budget) is true;

    /// <summary>The modes that a profile offers, in its order.</summary>
    public ImmutableArray<Mode> PreferredBy(TeamProfile profile) => profile.Modes is { } modes ? [.. modes.Preferred.Select(name => Modes[name])] : [];

    /// <summary>All modes whose limits hold under a profile: those it offers, and those that stand in for others.</summary>
    public ImmutableArray<Mode> UsedBy(TeamProfile profile) => profile.Modes is { } modes
        ? [.. modes.Preferred.Append(modes.Unlisted.Mode).Append(modes.Missing.Mode).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => Modes[name])]
        : [];

    /// <summary>The same choice as <see cref="Of(Principal)"/>, as scopes of bindings, so that rules go by it too.</summary>
    public ImmutableArray<BindingScope> ScopesOf(TeamProfile profile)
    {
        var before = ordered.TakeWhile(other => other != profile).ToArray();
        ImmutableArray<string> everyUser = [.. ordered.SelectMany(static other => other.Users)];
        if (profile.IsForEverybody)
        {
            return [new() { NotPrincipals = everyUser, NotTeams = [.. ordered.SelectMany(static other => other.Teams)] }];
        }

        var scopes = ImmutableArray.CreateBuilder<BindingScope>(2);
        if (!profile.Users.IsEmpty)
        {
            scopes.Add(new() { Principals = profile.Users, NotPrincipals = [.. before.SelectMany(static other => other.Users)] });
        }

        if (!profile.Teams.IsEmpty)
        {
            scopes.Add(new() { Teams = profile.Teams, NotPrincipals = everyUser, NotTeams = [.. before.SelectMany(static other => other.Teams)] });
        }

        return scopes.ToImmutable();
    }

    private static bool IsForOneOf(ImmutableArray<string> teams, ImmutableArray<string> member)
    {
        foreach (var team in teams)
        {
            if (member.Contains(team))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(ImmutableArray<string> names, Principal principal)
    {
        foreach (var name in names)
        {
            if (string.Equals(name, principal.Name, StringComparison.OrdinalIgnoreCase) || name == principal.Id.Value)
            {
                return true;
            }
        }

        return false;
    }
}
