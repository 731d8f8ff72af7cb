using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>A principal as a row.</summary>
internal sealed class PrincipalRow
{
    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Control { get; init; } = "";

    public bool Disabled { get; init; }

    public long CreatedAt { get; init; }

    public Principal ToPrincipal(ImmutableArray<string> teams) => new()
    {
        Id = PrincipalId.Parse(Id),
        Kind = Kind == "user" ? PrincipalKind.User : PrincipalKind.ServiceAccount,
        Name = Name,
        Teams = teams,
        Roles = RoleNames.Parse(Control),
        Disabled = Disabled,
        CreatedAt = CreatedAt.ToTime(),
    };
}

/// <summary>One membership as a row.</summary>
internal sealed class TeamRow
{
    public string PrincipalId { get; init; } = "";

    public string Team { get; init; } = "";
}
