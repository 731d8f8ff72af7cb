using Paddock.Core.Identity;

namespace Paddock.Core.Agents;

/// <summary>One credential as one agent shows it: an editor's sign-in, a command line's key.</summary>
public sealed record AgentClient
{
    /// <summary>A key or session.</summary>
    public required KeyId Credential { get; init; }

    public required PrincipalId Principal { get; init; }

    /// <summary>As it says itself, unless the key pins it.</summary>
    public required string Agent { get; init; }

    /// <summary>The version it said last; null when it never said one.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>The machine or editor it said last; null when it never said one.</summary>
    public string? Device { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it was last given settings; null = never.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>Version of the settings it was given then.</summary>
    public long? SettingsVersion { get; init; }

    /// <param name="within">How long settings are good.</param>
    public ClientStanding StandingAt(DateTimeOffset now, TimeSpan within) =>
        RefreshedAt is not { } refreshed ? ClientStanding.Unknown
        : now - refreshed <= within ? ClientStanding.Current
        : LastSeenAt - refreshed <= within ? ClientStanding.Away
        : ClientStanding.Stale;
}

/// <summary>Whether a client works under settings that are still good.</summary>
public enum ClientStanding
{
    /// <summary>It never asked for settings: an agent that reads none.</summary>
    Unknown,

    /// <summary>It asked for them within the time.</summary>
    Current,

    /// <summary>Its time ran out, and it has not been seen since: a closed laptop.</summary>
    Away,

    /// <summary>Its time ran out, and it goes on without asking.</summary>
    Stale,
}
