using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Ends all of one's own sessions but the one that asks: whatever else was left signed in somewhere.</summary>
public sealed class EndOtherSessions(IIdentityStore store, IIdentities identities, TimeProvider time)
{
    /// <returns>Those that have ended.</returns>
    public async Task<Outcome<SessionList>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        var (now, directory) = (time.GetUtcNow(), identities.Current);
        if (actor.Key is not { } own || directory.Find(own) is not { } caller || caller.Principal.Id.Value != actor.Id)
        {
            return new Outcome<SessionList>.NotAllowed("Only somebody who has signed in has sessions of their own.");
        }

        var others = SessionList.Of(directory, caller.Principal.Id, now).Sessions.Where(session => session.Id != own.Value).ToList();
        foreach (var session in others)
        {
            await store.EndSessionAsync(KeyId.Parse(session.Id), now, actor.Audited, cancellationToken);
        }

        return new Outcome<SessionList>.Done(new(others));
    }
}
