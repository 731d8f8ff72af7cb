using Paddock.Core.Audit;

namespace Paddock.Core.Identity;

/// <summary>
/// Remembers principals, teams, keys and sessions. Every write bumps the directory's version in the same transaction, and every change of what somebody
/// may do has its entry of the audit log there too.
/// </summary>
public interface IIdentityStore
{
    Task<IdentityDirectory> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a principal and the teams it names. False when the name is taken (case-insensitive).</summary>
    Task<bool> AddPrincipalAsync(Principal principal, AuditActor by, CancellationToken cancellationToken);

    /// <summary>
    /// Changes teams, roles and the disabled flag of a principal as it is in that moment. Who is disabled loses their sessions and tickets for good,
    /// and an invitation that was made for somebody with fewer roles is good no more. False when it does not exist; true also when it was so already.
    /// </summary>
    /// <param name="change">Gets the principal of that moment; only teams, roles and the flag of what it returns are kept.</param>
    Task<bool> UpdatePrincipalAsync(PrincipalId id, Func<Principal, Principal> change, AuditActor by, CancellationToken cancellationToken);

    Task AddKeyAsync(ApiKey key, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Adds the new key and lets the one it replaces end at <paramref name="oldExpires"/>, in one transaction. False when the old one is gone or revoked.</summary>
    Task<bool> RotateKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Adds a key that its owner makes. False when they have so many that work.</summary>
    Task<bool> AddOwnKeyAsync(ApiKey key, int most, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Replaces a key for its owner. False when it was revoked or has a replacement that works, or when they have so many that work.</summary>
    Task<bool> RotateOwnKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, int most, AuditActor by, CancellationToken cancellationToken);

    /// <summary>False when there is no such key or it was revoked before.</summary>
    Task<bool> RevokeKeyAsync(KeyId id, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Adds a session: a person has signed in. False when they are disabled, or have another password by now.</summary>
    /// <param name="source">Address they came from; null when it is not known.</param>
    /// <param name="passwordHash">What the password was checked against; null when they came in otherwise.</param>
    Task<bool> AddSessionAsync(ApiKey session, string? source, string? passwordHash, CancellationToken cancellationToken);

    /// <summary>Ends a session. False when there is none such, or it has ended before.</summary>
    Task<bool> EndSessionAsync(KeyId id, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of a principal, and the tickets by which others would begin.</summary>
    /// <returns>How many there were.</returns>
    Task<int> EndSessionsAsync(PrincipalId owner, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the name of a disabled principal by a pseudonym, wherever the store has it; its teams are gone and its keys have the pseudonym
    /// for a name. The id stays. False when it does not exist or is not disabled, or the pseudonym is taken.
    /// </summary>
    /// <param name="pseudonym">In lower case.</param>
    Task<bool> EraseAsync(PrincipalId id, string pseudonym, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Keeps the latest use of each key. No change of what anybody may do: it has no entry.</summary>
    Task SetLastUsedAsync(IReadOnlyDictionary<KeyId, DateTimeOffset> uses, CancellationToken cancellationToken);
}
