using System.Collections.Immutable;
using Paddock.Core.Modes;

namespace Paddock.Core.Releases;

/// <summary>What can only be said of modes and team profiles when all documents of a release are read.</summary>
internal static class ModeChecks
{
    public static void Check(ReleaseDraft draft)
    {
        CheckUsed(draft);
        foreach (var (i, profile) in draft.Profiles.Index())
        {
            CheckPeople(draft, profile, draft.Profiles.Take(i));
            CheckModes(draft, profile);
        }
    }

    private static void CheckUsed(ReleaseDraft draft)
    {
        var used = draft.Profiles.Select(static profile => profile.Modes).OfType<ProfileModes>()
            .SelectMany(static modes => modes.Preferred.Append(modes.Unlisted.Mode).Append(modes.Missing.Mode)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var mode in draft.Modes.Where(mode => !mode.IsPublic && !used.Contains(mode.Name)))
        {
            draft.Faults.Add(mode.File, mode.Line, "metadata.name", "No TeamProfile names this mode, so nobody would be given it and none of its limits would hold.");
        }
    }

    /// <summary>Two of the same priority for the same people: which one holds would hang on their names.</summary>
    private static void CheckPeople(ReleaseDraft draft, TeamProfile profile, IEnumerable<TeamProfile> before)
    {
        foreach (var other in before.Where(other => other.Priority == profile.Priority))
        {
            var shared = profile.IsForEverybody && other.IsForEverybody ? "for everybody"
                : profile.Users.Intersect(other.Users, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } user ? $"for {SecretText.Show(user)}"
                : profile.Teams.Intersect(other.Teams, StringComparer.Ordinal).FirstOrDefault() is { } team ? $"for the team {SecretText.Show(team)}"
                : null;
            if (shared is not null)
            {
                draft.Faults.Add(profile.File, profile.Line, "spec.for", $"The TeamProfile {other.Name} is {shared} too; give one of them a higher 'priority'.");
            }
        }
    }

    private static void CheckModes(ReleaseDraft draft, TeamProfile profile)
    {
        var modes = profile.Modes is { } said ? draft.Modes.Where(mode => said.Preferred.Contains(mode.Name) || said.Unlisted.Mode == mode.Name || said.Missing.Mode == mode.Name).ToImmutableArray() : [];
        foreach (var twins in modes.GroupBy(static mode => mode.Slug, StringComparer.OrdinalIgnoreCase).Where(static twins => twins.Count() > 1))
        {
            Fault(draft, profile, "spec.modes.preferred", $"{string.Join(" and ", twins.Select(static mode => mode.Name))} have the same slug '{twins.Key}', so an agent could not tell them apart.");
        }

        foreach (var mode in modes.Where(mode => profile.Modes!.Forbidden.Contains(mode.Slug, StringComparer.OrdinalIgnoreCase))) // it has modes
        {
            Fault(draft, profile, "spec.modes.forbidden", $"'{mode.Slug}' is the mode {mode.Name}, which this team works in.");
        }

        foreach (var mode in modes.Where(mode => mode.ModelClass is { } wanted && profile.Models?.Of(wanted) is { IsEmpty: true }))
        {
            Fault(draft, profile, "spec.models.classes", $"The mode {mode.Name} works with models of the class {SecretText.Show(mode.ModelClass!)}, which is missing here.", Suggestion.For(mode.ModelClass!, profile.Models!.Classes.Select(static each => each.Key))); // it has a class, and models are said
        }
    }

    private static void Fault(ReleaseDraft draft, TeamProfile profile, string key, string message, string? suggestion = null) => draft.Faults.Add(profile.File, profile.Line, key, message, suggestion);
}
