using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>A person or service account. Agents are programs, never principals.</summary>
public sealed record Principal
{
    public required PrincipalId Id { get; init; }

    public required PrincipalKind Kind { get; init; }

    /// <summary>Unique, case-insensitive login-like name, <c>[A-Za-z0-9][A-Za-z0-9._@-]{0,99}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the teams this principal belongs to, sorted.</summary>
    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>What the person may do in the control plane once signed in. Keys have roles of their own.</summary>
    public ControlRoles Roles { get; init; }

    /// <summary>A disabled principal's keys and sessions are all dead.</summary>
    public bool Disabled { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
