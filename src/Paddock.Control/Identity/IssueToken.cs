using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Changes the secret of a session for a short token. Does no I/O once organization and session are known here.</summary>
public sealed class IssueToken(IIdentities identities, Sessions sessions, IOrganization organization, Pepper pepper, TimeProvider time)
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(5);

    /// <param name="session">As <see cref="FindAsync"/> gave it.</param>
    /// <param name="personal">Without the organization: the person's own account, as agents call it.</param>
    public async Task<IssuedToken> RunAsync(Caller session, bool personal, CancellationToken cancellationToken)
    {
        var made = sessions.Issue(session.Key, personal ? null : await organization.IdAsync(cancellationToken));
        identities.NoteUse(session.Key.Id, time.GetUtcNow());
        return made;
    }

    /// <summary>Whose secret it is, while the session lives. One that is not known here may have begun on another server in this moment.</summary>
    public async Task<Caller?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (Find(secret) is { } known)
        {
            return known;
        }

        if (!KeyToken.IsSessionSecret(secret))
        {
            return null;
        }

        using var patience = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        await identities.CatchUpAsync(either.Token);
        return Find(secret);
    }

    private Caller? Find(string secret) =>
        KeyToken.IsSessionSecret(secret) && identities.Current.Find(KeyHash.Compute(secret, pepper)) is { Key.IsSession: true } caller && caller.IsLive(time.GetUtcNow()) ? caller : null;
}
