using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Changes the secret of a session for a short token. Does no I/O once the organization is known.</summary>
public sealed class IssueToken(IIdentities identities, Sessions sessions, IOrganization organization, Pepper pepper, TimeProvider time)
{
    private static readonly Outcome<IssuedToken> ended = new Outcome<IssuedToken>.NotAllowed("This session is not known, or has ended. Sign in again.");

    /// <param name="id">The session that is meant; null = the one whose secret it is.</param>
    /// <param name="personal">Without the organization: the person's own account, as agents call it.</param>
    public async Task<Outcome<IssuedToken>> RunAsync(string secret, string? id, bool personal, CancellationToken cancellationToken)
    {
        if (Find(secret) is not { } caller || (id is not null && caller.Key.Id.Value != id))
        {
            return ended;
        }

        identities.NoteUse(caller.Key.Id, time.GetUtcNow());
        return new Outcome<IssuedToken>.Done(sessions.Issue(caller.Key, personal ? null : await organization.IdAsync(cancellationToken)));
    }

    /// <summary>Whose secret it is, while the session lives.</summary>
    public Caller? Find(string secret) =>
        KeyToken.IsSessionSecret(secret) && identities.Current.Find(KeyHash.Compute(secret, pepper)) is { Key.IsSession: true } caller && caller.IsLive(time.GetUtcNow()) ? caller : null;
}
