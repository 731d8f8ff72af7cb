using System.Collections.Immutable;
using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>Somebody who votes, as the directory knows them at that moment.</summary>
/// <param name="Roles">What they may do in the control plane.</param>
public sealed record Approver(Principal Principal, ControlRoles Roles)
{
    /// <summary>Groups of the identity provider.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>A person who may decide approvals at all. Service accounts are programs and never vote; neither does who was disabled.</summary>
    public bool IsPerson => Principal is { Kind: PrincipalKind.User, Disabled: false };

    public static Approver? From(IdentityDirectory directory, PrincipalId id, DateTimeOffset now) =>
        directory.Find(id) is { } principal ? new(principal, directory.RolesOf(principal, now)) : null;
}
