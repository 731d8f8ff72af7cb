using Paddock.Core.Identity;

namespace Paddock.Core.Agents;

/// <summary>Which clients to read; those seen last come first.</summary>
public sealed record ClientQuery
{
    public PrincipalId? Principal { get; init; }

    public string? Agent { get; init; }

    /// <summary>Only those that come behind this one; null = from the first on.</summary>
    public ClientPlace? After { get; init; }

    /// <summary>The most to read, 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Where a client stands in a list.</summary>
public sealed record ClientPlace(DateTimeOffset LastSeenAt, KeyId Credential, string Agent)
{
    public static ClientPlace Of(AgentClient client) => new(client.LastSeenAt, client.Credential, client.Agent);
}
