namespace Paddock.Core.Identity;

/// <summary>
/// An API key as the store keeps it. The key's own text is shown once, when made, and is nowhere. A session of a person is one as well, whose
/// text nobody presents: it is shown by signed tokens (<see cref="SessionToken"/>) or a cookie.
/// </summary>
public sealed record ApiKey
{
    public required KeyId Id { get; init; }

    /// <summary><see cref="KeyToken.PrefixOf"/> of the key, for people to recognise it.</summary>
    public required string Prefix { get; init; }

    public required string Name { get; init; }

    public required PrincipalId Owner { get; init; }

    public required KeyHash Hash { get; init; }

    public required KeyScopes Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key this one replaces; that one stays valid until its own <see cref="ExpiresAt"/> (the overlap).</summary>
    public KeyId? Replaces { get; init; }

    /// <summary>What signed in, when this is a session; null for a key.</summary>
    public SessionClient? Client { get; init; }

    public bool IsSession => Client is not null;

    /// <summary>Last use, to the minute; written in the background.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether the key may be used at this moment.</summary>
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}
