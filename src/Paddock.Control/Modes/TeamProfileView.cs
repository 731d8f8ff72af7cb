using System.Collections.Immutable;
using Paddock.Core.Modes;

namespace Paddock.Control.Modes;

/// <param name="Profiles">In the order in which they hold.</param>
public sealed record TeamProfileList(IReadOnlyList<TeamProfileView> Profiles);

/// <summary>A team profile of the release in force.</summary>
/// <param name="Teams">With no users as well: it is for everybody whom no other is for.</param>
/// <param name="Modes">Slugs of the modes that it offers.</param>
/// <param name="Models">Names by class.</param>
public sealed record TeamProfileView(
    string Name, string Owner, IReadOnlyList<string> Teams, IReadOnlyList<string> Users, int Priority, IReadOnlyList<string> Modes, IReadOnlyList<string> ForbiddenModes,
    IReadOnlyDictionary<string, ImmutableArray<string>>? Models, IReadOnlyList<string> Budgets)
{
    internal static TeamProfileView Of(TeamProfile profile, TeamProfiles profiles) => new(
        profile.Name, profile.Owner, profile.Teams, profile.Users, profile.Priority, [.. profiles.PreferredBy(profile).Select(static mode => mode.Slug)], profile.Modes?.Forbidden ?? [],
        profile.Models?.Classes.ToDictionary(static each => each.Key, static each => each.Value, StringComparer.Ordinal), profile.Budgets);
}

/// <summary>A team profile as files for agents.</summary>
public sealed record TeamProfileFiles(string Profile, IReadOnlyList<TeamProfileFile> Files);

/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Use">Where it belongs, for people.</param>
public sealed record TeamProfileFile(string Agent, string Path, string Use, string Text);
