using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Revokes a key. It bites within a second, on running streams too. Any key: whoever sees a leak may close it.</summary>
public sealed class RevokeKey(IIdentityStore store, TimeProvider time, ILogger<RevokeKey> logger)
{
    /// <param name="key">Id, prefix or name.</param>
    public async Task<Outcome<KeyView>> RunAsync(Actor actor, string key, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<KeyView>.Forbidden(ControlRoles.Identity);
        }

        if (FindKey.In(await store.LoadAsync(cancellationToken), key) is not { } found)
        {
            return new Outcome<KeyView>.NotFound(FindKey.Missing);
        }

        var now = time.GetUtcNow();
        if (!await store.RevokeKeyAsync(found.Key.Id, now, actor.Audited, cancellationToken))
        {
            return new Outcome<KeyView>.Conflict("The key was revoked before.");
        }

        Log.KeyRevoked(logger, found.Key.Prefix, found.Key.Name, actor.Id);
        return new Outcome<KeyView>.Done(KeyView.Of(found.Key with { RevokedAt = now }, found.Principal));
    }
}
