using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Changes the secret of a session for a short token. Does no I/O once organization and session are known here.</summary>
public sealed class IssueToken(IIdentities identities, Sessions sessions, IOrganization organization, Pepper pepper, TimeProvider time)
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(5);

    private static readonly Outcome<IssuedToken> ended = new Outcome<IssuedToken>.NotAllowed("This session is not known, or has ended. Sign in again.");

    /// <param name="id">The session that is meant; null = the one whose secret it is.</param>
    /// <param name="personal">Without the organization: the person's own account, as agents call it.</param>
    public async Task<Outcome<IssuedToken>> RunAsync(string secret, string? id, bool personal, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret, cancellationToken) is not { } caller || (id is not null && caller.Key.Id.Value != id))
        {
            return ended;
        }

        identities.NoteUse(caller.Key.Id, time.GetUtcNow());
        return new Outcome<IssuedToken>.Done(sessions.Issue(caller.Key, personal ? null : await organization.IdAsync(cancellationToken)));
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
