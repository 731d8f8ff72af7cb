using Paddock.Core.Identity;
using Paddock.Core.Models;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>Makes of a team profile what Roo Code is sent as its organization's settings.</summary>
internal static class OrganizationRules
{
    /// <summary>The provider by which clients ask Paddock.</summary>
    public const string Provider = "roo";

    /// <param name="token">Stands in the provider profiles; null = none.</param>
    /// <returns>Without its version.</returns>
    public static OrganizationSettings Of(GovernanceSnapshot snapshot, Caller caller, TeamProfile? profile, string? token)
    {
        var client = profile?.Client ?? new();
        return new(
            0, new(), AllowListOf(profile?.Models), CloudOf(client), new(), client.HiddenMcps, client.HidesMarketplaceMcps,
            [.. (profile?.McpServers ?? []).Select(RooMcp.ItemOf)],
            ProfilesOf(profile?.Models, model => ModelResolver.Resolve(snapshot, model, Wire.OpenAiChat, caller) is ModelResolution.Resolved, token));
    }

    /// <summary>One for each class of models, with the best that may be used; the default class comes first.</summary>
    public static Dictionary<string, ProviderProfile> ProfilesOf(ProfileModels? models, Func<string, bool> isUsable, string? token)
    {
        var profiles = new Dictionary<string, ProviderProfile>(StringComparer.Ordinal);
        foreach (var (name, names) in (models?.Classes ?? []).OrderBy(each => each.Key != models!.Default).ThenBy(static each => each.Key, StringComparer.Ordinal)) // none without models
        {
            if (names.FirstOrDefault(isUsable) is { } best)
            {
                profiles.Add(name, new(IdOf(name), Provider, best, token));
            }
        }

        return profiles;
    }

    /// <summary>The same for a class of this name in every team profile, so that a client's choice of it stays when somebody changes teams.</summary>
    public static string IdOf(string modelClass) => "paddock-" + modelClass;

    /// <summary>Where models are said, they are those of this Paddock. Which of them, the gateway decides: it also answers clients that never asked for settings.</summary>
    private static AllowList AllowListOf(ProfileModels? models) => models is { AllowsOthers: false }
        ? new(AllowAll: false, new Dictionary<string, AllowedProvider>(StringComparer.Ordinal) { [Provider] = new(AllowAll: true) })
        : new(AllowAll: true, new Dictionary<string, AllowedProvider>(StringComparer.Ordinal));

    private static CloudSettings CloudOf(ProfileClient client) =>
        new(client.RecordsMessages, client.Sharing is not TaskSharing.None, client.Sharing is TaskSharing.Public);
}
