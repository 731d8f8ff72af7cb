using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Identity;

/// <summary>Somebody, with what they have signed in and their keys.</summary>
/// <param name="Sessions">Those that live, newest first.</param>
/// <param name="Keys">All, newest first; never their text.</param>
/// <param name="Profile">The team profile that holds for them; null when none does.</param>
public sealed record UserDetails(UserView User, IReadOnlyList<SessionView> Sessions, IReadOnlyList<KeyView> Keys, ProfileView? Profile);

/// <summary>Shows a user: oneself, or anybody for those who read everything or manage people.</summary>
public sealed class ShowUser(IIdentities identities, ISnapshots snapshots, TimeProvider time)
{
    /// <param name="user">Name or id.</param>
    public Task<Outcome<UserDetails>> RunAsync(Actor actor, string user, CancellationToken _)
    {
        var (now, directory) = (time.GetUtcNow(), identities.Current);
        var found = FindPrincipal.In(directory, user);
        if (found?.Id.Value != actor.Id && !actor.MayAny(ControlRoles.Viewer | ControlRoles.Identity))
        {
            return Task.FromResult<Outcome<UserDetails>>(new Outcome<UserDetails>.Forbidden(ControlRoles.Viewer));
        }

        if (found is null)
        {
            return Task.FromResult<Outcome<UserDetails>>(new Outcome<UserDetails>.NotFound("There is no such user."));
        }

        var keys = directory.Keys.Where(key => key.Owner == found.Id && !key.IsSession).OrderByDescending(key => key.CreatedAt).Select(key => KeyView.Of(key, found));
        var (profiles, sessions) = (snapshots.Current.Profiles, SessionList.Of(directory, found.Id, now).Sessions);
        return Task.FromResult<Outcome<UserDetails>>(new Outcome<UserDetails>.Done(
            new(UserView.Of(found, directory, now), sessions, [.. keys], profiles.Of(found) is { } profile ? ProfileView.Of(profile, profiles) : null)));
    }
}
