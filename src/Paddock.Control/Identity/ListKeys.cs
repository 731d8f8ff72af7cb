using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <param name="Keys">Newest first.</param>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);

/// <summary>Lists keys, for those who read everything or manage people; never their text.</summary>
public sealed class ListKeys(IIdentityStore store)
{
    public async Task<Outcome<KeyList>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAny(ControlRoles.Viewer | ControlRoles.Identity))
        {
            return new Outcome<KeyList>.Forbidden(ControlRoles.Viewer);
        }

        var directory = await store.LoadAsync(cancellationToken);
        var owners = directory.Principals.ToDictionary(principal => principal.Id);
        return new Outcome<KeyList>.Done(new([.. directory.Keys.Where(key => !key.IsSession).OrderByDescending(key => key.CreatedAt).Select(key => KeyView.Of(key, owners[key.Owner]))]));
    }
}
