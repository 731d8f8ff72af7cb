using Paddock.Core.Identity;

namespace Paddock.Core.Agents;

/// <summary>A client was seen.</summary>
public readonly record struct ClientSighting(KeyId Credential, string Agent, DateTimeOffset At)
{
    public string? AgentVersion { get; init; }

    /// <summary>The machine or editor.</summary>
    public string? Device { get; init; }

    /// <summary>How long settings are good for this caller, when it makes a call that counts; null when it is only a sign of life.</summary>
    public TimeSpan? CallsWithin { get; init; }
}
