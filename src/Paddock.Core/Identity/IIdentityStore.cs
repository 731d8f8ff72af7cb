using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>Remembers principals, teams and keys. Every write bumps the directory's version in the same transaction.</summary>
public interface IIdentityStore
{
    Task<IdentityDirectory> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a principal and the teams it names. False when the name is taken (case-insensitive).</summary>
    Task<bool> AddPrincipalAsync(Principal principal, CancellationToken cancellationToken);

    /// <summary>Replaces teams and the disabled flag of a principal. False when it does not exist.</summary>
    Task<bool> UpdatePrincipalAsync(PrincipalId id, ImmutableArray<string> teams, bool disabled, CancellationToken cancellationToken);

    Task AddKeyAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Adds the new key and lets the one it replaces end at <paramref name="oldExpires"/>, in one transaction. False when the old one is gone or revoked.</summary>
    Task<bool> RotateKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, CancellationToken cancellationToken);

    /// <summary>False when there is no such key or it was revoked before.</summary>
    Task<bool> RevokeKeyAsync(KeyId id, DateTimeOffset at, CancellationToken cancellationToken);

    Task SetLastUsedAsync(IReadOnlyDictionary<KeyId, DateTimeOffset> uses, CancellationToken cancellationToken);
}
