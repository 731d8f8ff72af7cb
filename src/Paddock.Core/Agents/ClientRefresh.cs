namespace Paddock.Core.Agents;

/// <summary>What is known of a client's last refresh.</summary>
/// <param name="IsKnown">False while it cannot be told: the database does not answer, and another process may have served a later one; or it was away of late, and the client may not have asked again yet.</param>
/// <param name="At">When it was last given settings; null = never, as far as is known.</param>
public readonly record struct ClientRefresh(bool IsKnown, DateTimeOffset? At)
{
    /// <summary>How a client stands that is here now; null when that cannot be told.</summary>
    /// <param name="within">How long settings are good.</param>
    public ClientStanding? StandingAt(DateTimeOffset now, TimeSpan within) =>
        At is { } at && now - at <= within ? ClientStanding.Current
        : !IsKnown ? null
        : At is null ? ClientStanding.Unknown
        : ClientStanding.Stale;
}
