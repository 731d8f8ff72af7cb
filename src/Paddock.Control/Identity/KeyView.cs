using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A key as it is shown: everything but the key.</summary>
public sealed record KeyView(
    string Id, string Prefix, string Name, string User, string Kind, IReadOnlyList<string> Teams, bool Models, IReadOnlyList<string> ModelPatterns, bool Tools,
    IReadOnlyList<string> Control, string? Agent, string? Mode, string? Repository, string Environment, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt, string? Replaces)
{
    public static KeyView Of(ApiKey key, Principal owner) => new(
        key.Id.Value, key.Prefix, key.Name, owner.Name, owner.Kind is PrincipalKind.User ? "user" : "service", owner.Teams, key.Scopes.Models, key.Scopes.ModelPatterns, key.Scopes.Tools,
        RoleNames.Of(key.Scopes.Control), key.Scopes.PinnedAgent, key.Scopes.PinnedMode, key.Scopes.PinnedRepository, key.Scopes.Environment, key.CreatedAt, key.ExpiresAt, key.RevokedAt,
        key.LastUsedAt, key.Replaces?.Value);
}

/// <summary>A key just made. Its text is shown this once.</summary>
public sealed record NewKey(KeyView Key, string Token);

/// <summary>Control roles by name: viewer, identity, policy, operator, admin.</summary>
public static class RoleNames
{
    private static readonly (string Name, ControlRoles Role)[] All =
        [("viewer", ControlRoles.Viewer), ("identity", ControlRoles.Identity), ("policy", ControlRoles.Policy), ("operator", ControlRoles.Operator)];

    public static IReadOnlyList<string> Of(ControlRoles roles) =>
        roles == ControlRoles.Admin ? ["admin"] : [.. All.Where(entry => roles.HasFlag(entry.Role)).Select(entry => entry.Name)];

    public static bool TryParse(IEnumerable<string> names, out ControlRoles roles)
    {
        roles = ControlRoles.None;
        foreach (var name in names)
        {
            var role = name == "admin" ? ControlRoles.Admin : All.FirstOrDefault(entry => entry.Name == name).Role;
            if (role is ControlRoles.None)
            {
                return false;
            }

            roles |= role;
        }

        return true;
    }
}
