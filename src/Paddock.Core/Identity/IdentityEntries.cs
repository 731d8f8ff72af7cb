using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Identity;

/// <summary>What the audit log says of principals and keys. Names are sealed, and so is every text that somebody chose; ids and rights are open.</summary>
public static class IdentityEntries
{
    public static AuditEvent Created(Principal principal, AuditActor by) => new()
    {
        Act = AuditActs.PrincipalCreated,
        Actor = by,
        Ref = principal.Id.Value,
        Facts =
        [
            AuditFact.Of("kind", principal.Kind is PrincipalKind.User ? "user" : "service_account"), AuditFact.Sealed("name", principal.Name), AuditFact.Of("disabled", principal.Disabled),
            .. principal.Roles is ControlRoles.None ? Array.Empty<AuditFact>() : [AuditFact.Of("roles", ControlRoleNames.Of(principal.Roles))],
            .. Teams(principal.Teams),
        ],
    };

    /// <returns>Null when nothing is otherwise.</returns>
    public static AuditEvent? Changed(Principal before, Principal after, AuditActor by)
    {
        var (teams, disabled, roles) = (!before.Teams.ToHashSet(StringComparer.Ordinal).SetEquals(after.Teams), before.Disabled != after.Disabled, before.Roles != after.Roles);
        return !teams && !disabled && !roles ? null : new()
        {
            Act = AuditActs.PrincipalChanged,
            Actor = by,
            Ref = after.Id.Value,
            Facts =
            [
                .. disabled ? [AuditFact.Of("disabled", after.Disabled)] : Array.Empty<AuditFact>(),
                .. roles ? [AuditFact.Of("roles", ControlRoleNames.Of(after.Roles))] : Array.Empty<AuditFact>(),
                .. teams ? Teams(after.Teams) : [],
            ],
        };
    }

    /// <summary>Who the principal is at an identity provider.</summary>
    public static AuditEvent Linked(PrincipalId id, ExternalId external, AuditActor by) =>
        new() { Act = AuditActs.PrincipalLinked, Actor = by, Ref = id.Value, Facts = [AuditFact.Of("issuer", external.Issuer), AuditFact.Sealed("subject", external.Subject)] };

    public static AuditEvent PasswordSet(PrincipalId id) => new() { Act = AuditActs.PasswordSet, Actor = AuditActor.Of(id.Value), Ref = id.Value };

    /// <summary>Too many wrong passwords.</summary>
    public static AuditEvent Locked(PrincipalId id, DateTimeOffset until) =>
        new() { Act = AuditActs.AccountLocked, Actor = AuditActor.Of("system:console"), Ref = id.Value, Facts = [AuditFact.Of("until", until)] };

    /// <summary>What it was called is not said, nor what it is called now.</summary>
    public static AuditEvent Erased(PrincipalId id, AuditActor by) => new() { Act = AuditActs.PrincipalErased, Actor = by, Ref = id.Value };

    public static AuditEvent Created(ApiKey key, AuditActor by) => new() { Act = AuditActs.KeyCreated, Actor = by, Ref = key.Id.Value, Facts = Facts(key) };

    /// <param name="oldEnds">When the key it replaces ends.</param>
    public static AuditEvent Rotated(ApiKey replacement, KeyId old, DateTimeOffset oldEnds, AuditActor by) => new()
    {
        Act = AuditActs.KeyRotated,
        Actor = by,
        Ref = replacement.Id.Value,
        Facts = [.. Facts(replacement), AuditFact.Of("replaces", old.Value), AuditFact.Of("old_ends", oldEnds)],
    };

    public static AuditEvent Revoked(KeyId key, AuditActor by) => new() { Act = AuditActs.KeyRevoked, Actor = by, Ref = key.Value };

    private static ImmutableArray<AuditFact> Facts(ApiKey key) =>
    [
        AuditFact.Of("owner", key.Owner.Value), AuditFact.Sealed("name", key.Name), AuditFact.Of("scopes", [.. Scopes(key.Scopes)]),
        .. key.ExpiresAt is { } end ? [AuditFact.Of("ends", end)] : Array.Empty<AuditFact>(),
    ];

    private static IEnumerable<AuditFact> Scopes(KeyScopes scopes)
    {
        yield return AuditFact.Of("models", scopes.Models);
        yield return AuditFact.Of("tools", scopes.Tools);
        yield return AuditFact.Of("control", ControlRoleNames.Of(scopes.Control));
        if (!scopes.ModelPatterns.IsDefaultOrEmpty)
        {
            yield return AuditFact.Sealed("model_patterns", string.Join('\n', scopes.ModelPatterns));
        }

        (string Name, string? Text)[] pins = [("agent", scopes.PinnedAgent), ("mode", scopes.PinnedMode), ("repository", scopes.PinnedRepository), ("environment", scopes.Environment)];
        foreach (var (name, text) in pins)
        {
            if (!string.IsNullOrEmpty(text))
            {
                yield return AuditFact.Sealed(name, text);
            }
        }
    }

    private static AuditFact[] Teams(ImmutableArray<string> teams)
    {
        var named = teams.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return [AuditFact.Of("team_count", named.Length), .. named.Length > 0 ? [AuditFact.Sealed("teams", string.Join('\n', named))] : Array.Empty<AuditFact>()];
    }
}
