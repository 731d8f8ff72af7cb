using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Revokes a key, by id or prefix. It bites within a second, on running streams too.</summary>
public sealed class RevokeKey(IIdentityStore store, TimeProvider time)
{
    public async Task<Outcome<KeyView>> RunAsync(Actor actor, string key, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<KeyView>.Forbidden(ControlRoles.Identity);
        }

        var directory = await store.LoadAsync(cancellationToken);
        if (FindKey.In(directory, key) is not { } found)
        {
            return new Outcome<KeyView>.NotFound("There is no such key, or its name fits several.");
        }

        var now = time.GetUtcNow();
        if (!await store.RevokeKeyAsync(found.Key.Id, now, cancellationToken))
        {
            return new Outcome<KeyView>.Conflict("The key was revoked before.");
        }

        return new Outcome<KeyView>.Done(KeyView.Of(found.Key with { RevokedAt = now }, found.Principal));
    }
}

/// <summary>Finds a key by its id, its prefix or, when only one has it, its name.</summary>
internal static class FindKey
{
    public static Caller? In(IdentityDirectory directory, string text)
    {
        var fitting = directory.Keys.Where(key => key.Id.Value == text || key.Prefix == text).ToList();
        if (fitting.Count == 0)
        {
            fitting = [.. directory.Keys.Where(key => key.Name == text && key.RevokedAt is null)];
        }

        return fitting.Count == 1 ? directory.Find(fitting[0].Id) : null;
    }
}
