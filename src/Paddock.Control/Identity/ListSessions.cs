using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A session as it is shown.</summary>
/// <param name="Client">console, extension, cli or device.</param>
/// <param name="What">What signed in, such as an editor's name.</param>
public sealed record SessionView(string Id, string User, string Client, string What, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static SessionView Of(Caller caller) => new(
        caller.Key.Id.Value, caller.Principal.Name, SessionClients.NameOf(caller.Key.Client ?? SessionClient.Device), caller.Key.Name, caller.Key.CreatedAt, caller.Key.ExpiresAt, caller.Key.LastUsedAt);
}

/// <param name="Sessions">Newest first.</param>
public sealed record SessionList(IReadOnlyList<SessionView> Sessions)
{
    /// <param name="owner">Null = everybody's.</param>
    internal static SessionList Of(IdentityDirectory directory, PrincipalId? owner, DateTimeOffset now) =>
        new([.. directory.Keys.Where(key => key.IsSession && key.IsLive(now) && (owner is null || key.Owner == owner)).OrderByDescending(key => key.CreatedAt).Select(key => directory.Find(key.Id)).OfType<Caller>().Select(SessionView.Of)]);
}

/// <summary>Lists the sessions that live: one's own, or a user's, or all, for those who read everything or manage people.</summary>
public sealed class ListSessions(IIdentities identities, TimeProvider time)
{
    /// <param name="user">Name or id; null = everybody.</param>
    public Task<Outcome<SessionList>> RunAsync(Actor actor, string? user, CancellationToken _)
    {
        var directory = identities.Current;
        var found = user is null ? null : FindPrincipal.In(directory, user);
        Outcome<SessionList> outcome = (found is null || found.Id.Value != actor.Id) && !actor.MayAny(ControlRoles.Viewer | ControlRoles.Identity) ? new Outcome<SessionList>.Forbidden(ControlRoles.Viewer)
            : user is not null && found is null ? new Outcome<SessionList>.NotFound("There is no such user.")
            : new Outcome<SessionList>.Done(SessionList.Of(directory, found?.Id, time.GetUtcNow()));
        return Task.FromResult(outcome);
    }
}
