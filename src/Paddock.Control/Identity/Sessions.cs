using System.Security.Cryptography;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Makes sessions. Who may have one was found out before.</summary>
public sealed class Sessions(IIdentityStore store, Pepper pepper, SessionLifetimes lifetimes, TimeProvider time)
{
    /// <param name="what">What signed in, as its owner will read it.</param>
    /// <param name="source">Address; null when it is not known.</param>
    /// <param name="passwordHash">What a password was checked against; null when they came in otherwise.</param>
    /// <returns>Null when they were disabled, or chose another password, in this moment.</returns>
    internal async Task<NewSession?> StartAsync(PrincipalId owner, SessionClient client, string what, string? source, string? passwordHash, CancellationToken cancellationToken)
    {
        var (now, secret, id) = (time.GetUtcNow(), KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)), KeyId.CreateSession(Guid.NewGuid()));
        var session = new ApiKey
        {
            Id = id,
            Prefix = id.Value[..12],
            Name = what,
            Owner = owner,
            Hash = KeyHash.Compute(secret.Reveal(), pepper),
            Scopes = SessionClients.ScopesOf(client),
            CreatedAt = now,
            ExpiresAt = now + lifetimes.Of(client),
            Client = client,
        };
        return await store.AddSessionAsync(session, source, passwordHash, cancellationToken) ? new(session, secret) : null;
    }

    /// <summary>A token that the session shows.</summary>
    /// <param name="until">At most the session's end; null = as long as tokens last.</param>
    internal IssuedToken Issue(ApiKey session, string? organization, DateTimeOffset? until = null)
    {
        var now = time.GetUtcNow();
        var end = until ?? now + lifetimes.Token;
        end = session.ExpiresAt is { } last && last < end ? last : end;
        var token = new SessionToken(session.Id, session.Owner, organization, now, end).Write(pepper, session.Client is SessionClient.Cli ? "auth" : "cj");
        return new(token, end - now, session.Client ?? SessionClient.Device);
    }
}

/// <summary>A session just made.</summary>
/// <param name="Secret">What its client changes for tokens; shown this once.</param>
public sealed record NewSession(ApiKey Session, Secret Secret);

/// <summary>A token of a session.</summary>
/// <param name="Lasts">How long it is good for, while its session lives.</param>
public sealed record IssuedToken(Secret Token, TimeSpan Lasts, SessionClient Client);
