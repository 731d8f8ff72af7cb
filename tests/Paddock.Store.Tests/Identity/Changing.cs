using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Store.Tests.Identity;

/// <summary>Changes of principals, and sessions, in one line.</summary>
internal static class Changing
{
    public static Task<bool> UpdatePrincipalAsync(this IIdentityStore store, PrincipalId id, ImmutableArray<string> teams, bool disabled, AuditActor by, CancellationToken cancellationToken) =>
        store.UpdatePrincipalAsync(id, known => known with { Teams = teams, Disabled = disabled }, by, cancellationToken);

    public static Task<bool> UpdatePrincipalAsync(this IIdentityStore store, Principal changed, AuditActor by, CancellationToken cancellationToken) => store.UpdatePrincipalAsync(changed.Id, _ => changed, by, cancellationToken);

    public static Task<bool> AddSessionAsync(this IIdentityStore store, ApiKey session, string? source, CancellationToken cancellationToken) => store.AddSessionAsync(session, source, passwordHash: null, cancellationToken);
}
