using System.Collections.Immutable;
using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>Some principals, by what they belong to or are called. Whoever one of the lists names is among them.</summary>
public sealed record ApproverSet
{
    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>Groups of the identity provider; without one nobody has any.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    public ImmutableArray<string> Users { get; init; } = [];

    public ControlRoles Roles { get; init; }

    public bool Contains(Approver approver) =>
        Teams.Any(team => approver.Principal.Teams.Contains(team, StringComparer.Ordinal))
        || Groups.Any(group => approver.Groups.Contains(group, StringComparer.Ordinal))
        || Users.Contains(approver.Principal.Name, StringComparer.OrdinalIgnoreCase)
        || (approver.Roles & Roles) != ControlRoles.None;

    /// <summary>For people: <c>team core, role approver</c>.</summary>
    public override string ToString() => string.Join(", ", new[] { Named("team", Teams), Named("group", Groups), Named("user", Users), Named("role", ControlRoleNames.Of(Roles)) }.Where(part => part.Length > 0));

    private static string Named(string what, IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{what} {name}"));
}
