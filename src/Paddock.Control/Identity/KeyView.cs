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

