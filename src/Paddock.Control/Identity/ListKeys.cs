using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Lists keys, newest first; never their text.</summary>
public sealed class ListKeys(IIdentityStore store)
{
    public async Task<Outcome<IReadOnlyList<KeyView>>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<IReadOnlyList<KeyView>>.Forbidden(ControlRoles.Viewer);
        }

        var directory = await store.LoadAsync(cancellationToken);
        var owners = directory.Principals.ToDictionary(principal => principal.Id);
        return new Outcome<IReadOnlyList<KeyView>>.Done([.. directory.Keys.OrderByDescending(key => key.CreatedAt).Select(key => KeyView.Of(key, owners[key.Owner]))]);
    }
}
