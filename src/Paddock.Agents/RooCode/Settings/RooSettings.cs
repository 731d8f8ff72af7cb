using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// <c>GET /roo/api/extension-settings</c> and <c>PATCH /roo/api/user-settings</c>. Both are made anew for each call from the release in force and
/// the caller; their versions go by the bytes they are.
/// </summary>
internal sealed class RooSettings(RooCallers callers, RooClients clients, ISnapshots snapshots, IClientSettings settings, Pepper pepper, TimeProvider time)
{
    /// <summary>How often clients ask.</summary>
    private static readonly TimeSpan interval = TimeSpan.FromHours(1);

    public async Task WriteAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is not { } caller)
        {
            return;
        }

        var snapshot = snapshots.For(caller.Principal.Id.Value, null);
        var profile = snapshot.Profiles.Of(caller.Principal);
        var organization = OrganizationRules.Of(snapshot, caller, profile, TokenOf(http, caller, profile));
        var version = await VersionOfAsync("organization", JsonSerializer.Serialize(organization, RooJson.Default.OrganizationSettings), http.RequestAborted);
        var user = await UserAsync(caller, profile, await settings.FindAsync(caller.Principal.Id, http.RequestAborted), http.RequestAborted);
        await clients.RefreshedAsync(http, caller.Key, version);
        await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, new(organization with { Version = version }, user), RooJson.Default.ExtensionSettings);
    }

    /// <summary>Members that are not said stay as they are. The client takes an answer only when its version is greater.</summary>
    public async Task ChangeAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is not { } caller || await RooAnswers.ReadAsync(http, RooJson.Default.UserSettingsChange) is not { } change)
        {
            return;
        }

        var profile = snapshots.For(caller.Principal.Id.Value, null).Profiles.Of(caller.Principal);
        var before = await settings.FindAsync(caller.Principal.Id, http.RequestAborted);
        var chosen = new PersonalSettings(before.Revision + 1, change.Settings.TaskSyncEnabled ?? before.SyncsTasks, change.Settings.LlmEnhancedFeaturesEnabled ?? before.EnhancedFeatures);
        if ((change.Version is { } seen && seen != (await UserAsync(caller, profile, before, http.RequestAborted)).Version)
            || !await settings.ChangeAsync(caller.Principal.Id, chosen, http.RequestAborted))
        {
            await RooAnswers.RefuseAsync(http, StatusCodes.Status409Conflict, "conflict", "These settings were changed elsewhere in the meantime.");
            return;
        }

        await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, await UserAsync(caller, profile, chosen, http.RequestAborted), RooJson.Default.UserSettings);
    }

    /// <summary>What a profile does not record nobody can switch on. Said always: without a word clients of a personal account send every message.</summary>
    private async Task<UserSettings> UserAsync(Caller caller, TeamProfile? profile, PersonalSettings chosen, CancellationToken cancellationToken)
    {
        var records = profile?.Client.RecordsMessages is true && chosen.SyncsTasks is not false;
        var user = new UserSettings(new(), new(records, chosen.EnhancedFeatures), 0);
        var whose = chosen.Revision == 0 ? "user" : $"user {caller.Principal.Id.Value} {chosen.Revision}"; // each choice has a greater number than the one before
        return user with { Version = await VersionOfAsync(whose, JsonSerializer.Serialize(user, RooJson.Default.UserSettings), cancellationToken) };
    }

    private ValueTask<long> VersionOfAsync(string what, string content, CancellationToken cancellationToken) =>
        settings.VersionOfAsync(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{content}")), cancellationToken);

    /// <summary>The bearer itself, where the profile asks for it and it is still good when the client asks again: an extension's own token is not, and the client has it anyway.</summary>
    private string? TokenOf(HttpContext http, Caller caller, TeamProfile? profile)
    {
        if (profile?.Client.PutsTokenInProfiles is not true)
        {
            return null;
        }

        var bearer = Bearer.Of(http.Request);
        var ends = SessionToken.Read(bearer, pepper)?.ExpiresAt ?? caller.Key.ExpiresAt;
        return ends is { } end && end < time.GetUtcNow() + interval ? null : bearer;
    }
}
