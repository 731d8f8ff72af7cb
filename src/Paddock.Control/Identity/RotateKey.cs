using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <param name="OverlapSeconds">How long the old key goes on, up to 90 days. Default 24 h; 0 ends it now.</param>
public sealed record RotateKeyInput(long? OverlapSeconds = null);

/// <summary>Replaces a key by a new one with the same scopes; both work during the overlap.</summary>
public sealed class RotateKey(IIdentityStore store, Pepper pepper, TimeProvider time, ILogger<RotateKey> logger)
{
    internal static readonly TimeSpan UsualOverlap = TimeSpan.FromHours(24);

    /// <param name="key">Id, prefix or name.</param>
    public async Task<Outcome<NewKey>> RunAsync(Actor actor, string key, RotateKeyInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<NewKey>.Forbidden(ControlRoles.Identity);
        }

        if (input.OverlapSeconds is < 0 or > 7_776_000)
        {
            return new Outcome<NewKey>.Invalid("overlapSeconds", "An overlap has 0 seconds to 90 days.");
        }

        if (FindKey.In(await store.LoadAsync(cancellationToken), key) is not { } old)
        {
            return new Outcome<NewKey>.NotFound(FindKey.Missing);
        }

        if (!actor.May(old.Key.Scopes.Control))
        {
            return new Outcome<NewKey>.Forbidden(old.Key.Scopes.Control); // the new text would carry these roles to the actor
        }

        var now = time.GetUtcNow();
        var end = now + (input.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualOverlap);
        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        var replacement = ReplacementOf(old.Key, token, now, pepper);
        if (!await store.RotateKeyAsync(replacement, end, actor.Audited, cancellationToken))
        {
            return new Outcome<NewKey>.Conflict("The key was revoked before.");
        }

        Log.KeyRotated(logger, old.Key.Prefix, replacement.Prefix, replacement.Name, actor.Id, end);
        return new Outcome<NewKey>.Done(new(KeyView.Of(replacement, old.Principal), token.Reveal()));
    }

    internal static ApiKey ReplacementOf(ApiKey old, Secret token, DateTimeOffset now, Pepper pepper) => old with
    {
        Id = KeyId.Create(Guid.NewGuid()),
        Prefix = KeyToken.PrefixOf(token.Reveal()),
        Hash = KeyHash.Compute(token.Reveal(), pepper),
        CreatedAt = now,
        // The same lifetime again, from now.
        ExpiresAt = old.ExpiresAt is { } end ? now + (end - old.CreatedAt) : null,
        Replaces = old.Id,
        LastUsedAt = null,
    };
}
