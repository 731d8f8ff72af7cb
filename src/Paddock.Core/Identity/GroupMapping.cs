using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>
/// What groups of the identity provider mean here. A team or role that is named here comes from groups alone: at each sign-in who is no
/// longer in the group leaves it. What is not named here is given by hand, and stays.
/// </summary>
public sealed record GroupMapping
{
    public static readonly GroupMapping None = new();

    public ImmutableArray<(string Group, string Team)> Teams { get; init; } = [];

    public ImmutableArray<(string Group, ControlRoles Roles)> Roles { get; init; } = [];

    /// <summary>The principal as its groups make it.</summary>
    public Principal Apply(Principal principal, ImmutableArray<string> groups)
    {
        var teams = principal.Teams.Where(team => !Teams.Any(one => one.Team == team)).Concat(Teams.Where(one => groups.Contains(one.Group)).Select(one => one.Team));
        var named = principal with { Teams = [.. teams.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
        if (principal.Roles == ControlRoles.Admin)
        {
            return named; // given by hand as a whole, and taken so
        }

        var ofGroups = Roles.Aggregate(ControlRoles.None, (all, one) => all | one.Roles);
        var given = Roles.Where(one => groups.Contains(one.Group)).Aggregate(ControlRoles.None, (all, one) => all | one.Roles);
        return named with { Roles = (principal.Roles & ~ofGroups) | given };
    }
}
