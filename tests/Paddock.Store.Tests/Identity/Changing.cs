using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Store.Tests.Identity;

/// <summary>Changes of principals in one line.</summary>
internal static class Changing
{
    public static async Task<bool> UpdatePrincipalAsync(this IIdentityStore store, PrincipalId id, ImmutableArray<string> teams, bool disabled, AuditActor by, CancellationToken cancellationToken)
    {
        var known = (await store.LoadAsync(cancellationToken)).Find(id) ?? People.User("ghost") with { Id = id };
        return await store.UpdatePrincipalAsync(known with { Teams = teams, Disabled = disabled }, by, cancellationToken);
    }
}
