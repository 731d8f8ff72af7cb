using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A person revokes a key of their own, whatever it may do. It bites within a second, on running streams too.</summary>
public sealed class RevokeOwnKey(IIdentityStore store, IIdentities identities, TimeProvider time, ILogger<RevokeOwnKey> logger)
{
    /// <param name="key">Id.</param>
    public async Task<Outcome<KeyView>> RunAsync(Actor actor, string key, CancellationToken cancellationToken)
    {
        var (now, directory) = (time.GetUtcNow(), identities.Current);
        if (PersonSignedIn.Of(actor, directory, now) is not { } person)
        {
            return new Outcome<KeyView>.NotAllowed(PersonSignedIn.KeyRule);
        }

        if (FindKey.Own(directory, person, key) is not { } found)
        {
            return new Outcome<KeyView>.NotFound(FindKey.NotOwn);
        }

        if (!await store.RevokeKeyAsync(found.Id, now, actor.Audited, cancellationToken))
        {
            return new Outcome<KeyView>.Conflict("The key was revoked before.");
        }

        Log.KeyRevoked(logger, found.Prefix, found.Name, actor.Id);
        return new Outcome<KeyView>.Done(KeyView.Of(found with { RevokedAt = now }, person));
    }
}
