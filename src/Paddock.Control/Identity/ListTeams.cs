using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Identity;

/// <summary>A team as it is shown.</summary>
/// <param name="Members">Who is not disabled, by name.</param>
/// <param name="Disabled">How many more are.</param>
/// <param name="Profile">Name of the team profile that is for it, or for everybody; null when there is none. Who is named in another one works by that.</param>
public sealed record TeamView(string Name, IReadOnlyList<string> Members, int Disabled, string? Profile);

/// <param name="Teams">Those with members and those that a team profile is for, by name.</param>
/// <param name="Profiles">Of the release in force, in the order in which they hold.</param>
public sealed record TeamList(IReadOnlyList<TeamView> Teams, IReadOnlyList<ProfileView> Profiles);

/// <summary>A team profile as it is shown.</summary>
/// <param name="Modes">Slugs of the modes it offers, in its order.</param>
/// <param name="Models">By class.</param>
/// <param name="Approvals">Classes of tools of which each call takes somebody's yes.</param>
public sealed record ProfileView(
    string Name, string Owner, IReadOnlyList<string> Teams, IReadOnlyList<string> Users, IReadOnlyList<string> Modes, IReadOnlyList<string> Forbidden, IReadOnlyList<ProfileModelsView> Models, IReadOnlyList<string> Approvals)
{
    internal static ProfileView Of(TeamProfile profile, TeamProfiles all) => new(
        profile.Name, profile.Owner, profile.Teams, profile.Users, [.. all.PreferredBy(profile).Select(mode => mode.Slug)], profile.Modes?.Forbidden ?? [],
        [.. profile.Models?.Classes.Select(each => new ProfileModelsView(each.Key, each.Value)) ?? []], [.. profile.Approvals.Select(each => each.Key.ToString().ToLowerInvariant())]);
}

/// <param name="Models">The best first.</param>
public sealed record ProfileModelsView(string Class, IReadOnlyList<string> Models);

/// <summary>Lists the teams and how they work with their agents, for those who read everything or manage people.</summary>
public sealed class ListTeams(IIdentities identities, ISnapshots snapshots)
{
    public Task<Outcome<TeamList>> RunAsync(Actor actor, CancellationToken _)
    {
        if (!actor.MayAny(ControlRoles.Viewer | ControlRoles.Identity))
        {
            return Task.FromResult<Outcome<TeamList>>(new Outcome<TeamList>.Forbidden(ControlRoles.Viewer));
        }

        var profiles = snapshots.Current.Profiles;
        var members = identities.Current.Principals.SelectMany(principal => principal.Teams.Select(team => (team, principal))).ToLookup(pair => pair.team, pair => pair.principal, StringComparer.Ordinal);
        var names = members.Select(team => team.Key).Concat(profiles.All.SelectMany(profile => profile.Teams)).Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase);
        return Task.FromResult<Outcome<TeamList>>(new Outcome<TeamList>.Done(
            new([.. names.Select(name => ViewOf(name, [.. members[name]], profiles))], [.. profiles.All.Select(profile => ProfileView.Of(profile, profiles))])));
    }

    private static TeamView ViewOf(string name, IReadOnlyList<Principal> members, TeamProfiles profiles) => new(
        name, [.. members.Where(member => !member.Disabled).Select(member => member.Name).Order(StringComparer.OrdinalIgnoreCase)], members.Count(member => member.Disabled),
        (profiles.All.FirstOrDefault(profile => profile.Teams.Contains(name)) ?? profiles.All.FirstOrDefault(profile => profile.IsForEverybody))?.Name);
}
