using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Ends a session: one's own, or anybody's for those who manage people. It bites within a second, on running streams too.</summary>
public sealed class EndSession(IIdentityStore store, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<SessionView>> RunAsync(Actor actor, string session, CancellationToken cancellationToken)
    {
        var found = KeyId.TryParse(session, out var id) && identities.Current.Find(id) is { Key.IsSession: true } caller ? caller : null;
        var isOwn = found is not null && found.Principal.Id.Value == actor.Id;
        if (!isOwn && !actor.May(ControlRoles.Identity))
        {
            return new Outcome<SessionView>.Forbidden(ControlRoles.Identity);
        }

        return found is not null && await store.EndSessionAsync(found.Key.Id, time.GetUtcNow(), actor.Audited, cancellationToken)
            ? new Outcome<SessionView>.Done(SessionView.Of(found))
            : new Outcome<SessionView>.NotFound("There is no such session, or it has ended.");
    }

    /// <summary>Ends all sessions of a user.</summary>
    /// <param name="user">Name or id.</param>
    public async Task<Outcome<SessionList>> AllAsync(Actor actor, string user, CancellationToken cancellationToken)
    {
        var found = FindPrincipal.In(identities.Current, user);
        if (found?.Id.Value != actor.Id && !actor.May(ControlRoles.Identity))
        {
            return new Outcome<SessionList>.Forbidden(ControlRoles.Identity);
        }

        if (found is null)
        {
            return new Outcome<SessionList>.NotFound("There is no such user.");
        }

        var (now, directory) = (time.GetUtcNow(), identities.Current);
        await store.EndSessionsAsync(found.Id, now, actor.Audited, cancellationToken);
        return new Outcome<SessionList>.Done(SessionList.Of(directory, found.Id, now));
    }
}
