using Paddock.Core.Policies;

namespace Paddock.Core.Identity;

/// <summary>What became of a presented key.</summary>
public abstract record KeyOutcome
{
    private KeyOutcome()
    {
    }

    public sealed record Known(Caller Caller) : KeyOutcome;

    /// <param name="Reason">One of the identity reasons of <see cref="RefusalReason"/>.</param>
    public sealed record Refused(RefusalReason Reason) : KeyOutcome;
}

/// <summary>Turns a presented key, or a session's token, into a caller. The same for model calls, tools and the control API; does no I/O.</summary>
public sealed class KeyAuthenticator(IIdentities identities, Pepper pepper)
{
    private static readonly KeyOutcome Missing = new KeyOutcome.Refused(RefusalReason.MissingKey);
    private static readonly KeyOutcome Malformed = new KeyOutcome.Refused(RefusalReason.MalformedKey);
    private static readonly KeyOutcome Unknown = new KeyOutcome.Refused(RefusalReason.UnknownKey);
    private static readonly KeyOutcome Revoked = new KeyOutcome.Refused(RefusalReason.KeyRevoked);
    private static readonly KeyOutcome Expired = new KeyOutcome.Refused(RefusalReason.KeyExpired);
    private static readonly KeyOutcome Ended = new KeyOutcome.Refused(RefusalReason.SessionEnded);
    private static readonly KeyOutcome Disabled = new KeyOutcome.Refused(RefusalReason.PrincipalDisabled);

    public KeyOutcome Authenticate(ReadOnlySpan<char> token, DateTimeOffset now)
    {
        if (token.IsEmpty)
        {
            return Missing;
        }

        if (SessionToken.IsMeant(token))
        {
            return OfSession(token, now);
        }

        if (!KeyToken.IsWellFormed(token))
        {
            return Malformed;
        }

        var caller = identities.Current.Find(KeyHash.Compute(token, pepper));
        return caller switch
        {
            null => Unknown,
            { Key.RevokedAt: not null } => Revoked,
            { Principal.Disabled: true } => Disabled,
            _ when !caller.Key.IsLive(now) => Expired,
            _ => new KeyOutcome.Known(caller),
        };
    }
    /// <summary>Of a session that ended nothing is known any more: whoever holds one of its tokens signs in again, whatever the reason.</summary>
    private KeyOutcome OfSession(ReadOnlySpan<char> text, DateTimeOffset now)
    {
        if (SessionToken.Read(text, pepper) is not { } token)
        {
            return Unknown;
        }

        return identities.Current.Find(token.Session) switch
        {
            { Principal.Disabled: true } => Disabled,
            { Key.IsSession: true } caller when now < token.ExpiresAt && caller.IsLive(now) => new KeyOutcome.Known(caller),
            _ => Ended,
        };
    }
}
