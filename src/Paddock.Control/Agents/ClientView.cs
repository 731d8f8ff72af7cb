using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Modes;

namespace Paddock.Control.Agents;

/// <summary>A client as it is shown.</summary>
/// <param name="Credential">Id of its key or session.</param>
/// <param name="Name">Of the key; for a session what signed in, such as an editor's name.</param>
/// <param name="Kind">key, or the session's client: console, extension, cli or device.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Agent">As it says itself, unless its key pins it.</param>
/// <param name="AgentVersion">The one it said last.</param>
/// <param name="Device">The machine or editor it said last.</param>
/// <param name="RefreshedAt">When it was last given settings; null = it never asked for any.</param>
/// <param name="SettingsVersion">Of the settings it was given then.</param>
/// <param name="Standing">unknown, current, away or stale.</param>
/// <param name="RefreshWithinSeconds">How long settings are good for it.</param>
/// <param name="Refused">Whether its model calls are refused.</param>
public sealed record ClientView(
    string Credential, string Name, string Kind, string User, string Agent, string? AgentVersion, string? Device, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, DateTimeOffset? RefreshedAt,
    long? SettingsVersion, string Standing, long RefreshWithinSeconds, bool Refused)
{
    private static readonly string[] standings = ["unknown", "current", "away", "stale"];

    internal static ClientView Of(AgentClient client, Caller caller, ProfileClient rules, DateTimeOffset now)
    {
        var (key, standing) = (caller.Key, client.StandingAt(now, rules.RefreshWithin));
        return new(
            key.Id.Value, key.Name, key.Client is { } kind ? SessionClients.NameOf(kind) : "key", caller.Principal.Name, client.Agent, client.AgentVersion, client.Device, client.FirstSeenAt, client.LastSeenAt,
            client.RefreshedAt, client.SettingsVersion, standings[(int)standing], (long)rules.RefreshWithin.TotalSeconds, rules.RefusesStale && standing is ClientStanding.Stale);
    }
}
