using System.Security.Cryptography;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <param name="Key">Id, prefix or name.</param>
/// <param name="OverlapSeconds">How long the old key goes on. Default 24 h; 0 ends it now.</param>
public sealed record RotateKeyInput(string Key, long? OverlapSeconds = null);

/// <summary>Replaces a key by a new one with the same scopes; both work during the overlap.</summary>
public sealed class RotateKey(IIdentityStore store, Pepper pepper, TimeProvider time)
{
    private static readonly TimeSpan UsualOverlap = TimeSpan.FromHours(24);

    public async Task<Outcome<NewKey>> RunAsync(Actor actor, RotateKeyInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<NewKey>.Forbidden(ControlRoles.Identity);
        }

        if (input.OverlapSeconds is < 0 or > 7_776_000)
        {
            return new Outcome<NewKey>.Invalid("overlapSeconds", "An overlap has 0 seconds to 90 days.");
        }

        var directory = await store.LoadAsync(cancellationToken);
        if (FindKey.In(directory, input.Key) is not { } old)
        {
            return new Outcome<NewKey>.NotFound("There is no such key, or its name fits several.");
        }

        if (!actor.May(old.Key.Scopes.Control))
        {
            return new Outcome<NewKey>.Forbidden(old.Key.Scopes.Control);
        }

        var now = time.GetUtcNow();
        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        var replacement = ReplacementOf(old.Key, token, now);
        var overlap = input.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualOverlap;
        return await store.RotateKeyAsync(replacement, now + overlap, cancellationToken)
            ? new Outcome<NewKey>.Done(new(KeyView.Of(replacement, old.Principal), token.Reveal()))
            : new Outcome<NewKey>.Conflict("The key was revoked or replaced before.");
    }

    private ApiKey ReplacementOf(ApiKey old, Secret token, DateTimeOffset now) => old with
    {
        Id = KeyId.Create(Guid.NewGuid()),
        Prefix = KeyToken.PrefixOf(token.Reveal()),
        Hash = KeyHash.Compute(token.Reveal(), pepper.Bytes),
        CreatedAt = now,
        // The same lifetime again, from now.
        ExpiresAt = old.ExpiresAt is { } end ? now + (end - old.CreatedAt) : null,
        Replaces = old.Id,
        LastUsedAt = null,
    };
}
