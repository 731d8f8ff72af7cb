using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// <c>GET /roo/api/extension-settings</c> and <c>PATCH /roo/api/user-settings</c>. Both are made anew for each call from the release in force and
/// the caller; their versions go by the bytes they are. A client without settings allows everything, waits without an end of its own, and
/// asks again a second after an error: so there is a whole answer soon, or an error soon, and never half of the settings.
/// </summary>
internal sealed class RooSettings(
    RooCallers callers, RooClients clients, ISnapshots snapshots, IClientSettings settings, Pepper pepper, TimeProvider time, ILogger<RooSettings> logger)
{
    /// <summary>How long the store may take for one answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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
        if (await InTimeAsync(http, token => NumberAsync(organization, caller, profile, token)) is { } made)
        {
            await clients.RefreshedAsync(http, caller.Key, made.Organization.Version); // has its own patience, and throws nothing
            await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, made, RooJson.Default.ExtensionSettings);
        }
    }

    /// <summary>Members that are not said stay as they are. The client takes an answer only when its version is greater.</summary>
    public async Task ChangeAsync(HttpContext http)
    {
        if (await callers.FindAsync(http) is not { } caller || await RooAnswers.ReadAsync(http, RooJson.Default.UserSettingsChange) is not { } change)
        {
            return;
        }

        var profile = snapshots.For(caller.Principal.Id.Value, null).Profiles.Of(caller.Principal);
        switch (await InTimeAsync(http, token => ChangeAsync(change, caller, profile, token)))
        {
            case { Kept: { } kept }:
                await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, kept, RooJson.Default.UserSettings);
                break;
            case { Kept: null }:
                await RooAnswers.RefuseAsync(http, StatusCodes.Status409Conflict, "conflict", "These settings were changed elsewhere in the meantime.");
                break;
        }
    }

    private async Task<ExtensionSettings> NumberAsync(OrganizationSettings organization, Caller caller, TeamProfile? profile, CancellationToken cancellationToken)
    {
        var version = await VersionOfAsync("organization", JsonSerializer.Serialize(organization, RooJson.Default.OrganizationSettings), cancellationToken);
        return new(organization with { Version = version }, await UserAsync(caller, profile, await settings.FindAsync(caller.Principal.Id, cancellationToken), cancellationToken));
    }

    private async Task<Change> ChangeAsync(UserSettingsChange change, Caller caller, TeamProfile? profile, CancellationToken cancellationToken)
    {
        var before = await settings.FindAsync(caller.Principal.Id, cancellationToken);
        if (change.Version is { } seen && seen != (await UserAsync(caller, profile, before, cancellationToken)).Version)
        {
            return new(null);
        }

        // Its number first: when that cannot be had, the choice is still what it was.
        var chosen = new PersonalSettings(before.Revision + 1, change.Settings.TaskSyncEnabled ?? before.SyncsTasks, change.Settings.LlmEnhancedFeaturesEnabled ?? before.EnhancedFeatures);
        var kept = await UserAsync(caller, profile, chosen, cancellationToken);
        return new(await settings.ChangeAsync(caller.Principal.Id, chosen, cancellationToken) ? kept : null);
    }

    /// <returns>Null when there is nothing in time, and the client was told so.</returns>
    private async Task<T?> InTimeAsync<T>(HttpContext http, Func<CancellationToken, Task<T>> work)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, patience.Token);
        try
        {
            return await work(either.Token).WaitAsync(either.Token);
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested) // whatever it is, half an answer would be worse
        {
            Log.SettingsNotMade(logger, fault);
            clients.NotServed();
            await RooAnswers.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "store_unavailable", "These settings cannot be read or kept just now. Ask again in a moment.");
            return null;
        }
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

    /// <param name="Kept">Null when somebody was faster.</param>
    private sealed record Change(UserSettings? Kept);
}
