using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Agents;

/// <summary>A client as the database gave it.</summary>
internal sealed class ClientRow
{
    public string KeyId { get; init; } = "";

    public string PrincipalId { get; init; } = "";

    public string Agent { get; init; } = "";

    public string? AgentVersion { get; init; }

    public string? Device { get; init; }

    public long FirstSeenAt { get; init; }

    public long LastSeenAt { get; init; }

    public long? RefreshedAt { get; init; }

    public long? SettingsVersion { get; init; }

    public AgentClient Client() => new()
    {
        Credential = Core.Identity.KeyId.Parse(KeyId),
        Principal = Core.Identity.PrincipalId.Parse(PrincipalId),
        Agent = Agent,
        AgentVersion = AgentVersion,
        Device = Device,
        FirstSeenAt = FirstSeenAt.ToTime(),
        LastSeenAt = LastSeenAt.ToTime(),
        RefreshedAt = RefreshedAt?.ToTime(),
        SettingsVersion = SettingsVersion,
    };
}
