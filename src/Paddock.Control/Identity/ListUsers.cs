using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <param name="Users">By name.</param>
public sealed record UserList(IReadOnlyList<UserView> Users);

/// <summary>Lists people and service accounts, for those who read everything or manage people.</summary>
public sealed class ListUsers(IIdentityStore store, TimeProvider time)
{
    public async Task<Outcome<UserList>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAny(ControlRoles.Viewer | ControlRoles.Identity))
        {
            return new Outcome<UserList>.Forbidden(ControlRoles.Viewer);
        }

        var directory = await store.LoadAsync(cancellationToken);
        var now = time.GetUtcNow();
        var live = directory.Keys.Where(key => key.IsLive(now)).CountBy(key => (key.Owner, key.IsSession)).ToDictionary();
        return new Outcome<UserList>.Done(new(
            [.. directory.Principals.OrderBy(principal => principal.Name, StringComparer.OrdinalIgnoreCase).Select(principal => UserView.Of(principal, live.GetValueOrDefault((principal.Id, false)), live.GetValueOrDefault((principal.Id, true))))]));
    }
}
