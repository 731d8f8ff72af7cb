using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>
/// A person replaces a key of their own by a new one with the same scopes and the same end, whoever made it; both work for a day. A key without
/// an end gets one, and one with control roles is for those who gave them.
/// </summary>
public sealed class RotateOwnKey(IIdentityStore store, IIdentities identities, SessionLifetimes lifetimes, Pepper pepper, TimeProvider time, ILogger<RotateOwnKey> logger)
{
    /// <param name="key">Id.</param>
    public async Task<Outcome<NewKey>> RunAsync(Actor actor, string key, CancellationToken cancellationToken)
    {
        var (now, directory) = (time.GetUtcNow(), identities.Current);
        if (PersonSignedIn.Of(actor, directory, now) is not { } person)
        {
            return new Outcome<NewKey>.NotAllowed(PersonSignedIn.KeyRule);
        }

        if (FindKey.Own(directory, person, key) is not { } old)
        {
            return new Outcome<NewKey>.NotFound(FindKey.NotOwn);
        }

        if (Fault(directory, person, old, now) is { } fault)
        {
            return fault;
        }

        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        var replacement = RotateKey.ReplacementOf(old, token, now, pepper) with { ExpiresAt = old.ExpiresAt ?? now + LongestOf(lifetimes) };
        var end = now + RotateKey.UsualOverlap;
        if (!await store.RotateOwnKeyAsync(replacement, end, CreateOwnKey.MostLive, actor.Audited, cancellationToken))
        {
            return new Outcome<NewKey>.Conflict("The key was revoked or replaced in this moment.");
        }

        Log.KeyRotated(logger, old.Prefix, replacement.Prefix, replacement.Name, actor.Id, end);
        return new Outcome<NewKey>.Done(new(KeyView.Of(replacement, person), token.Reveal()));
    }

    /// <summary>Why it is not replaced; null when it is.</summary>
    private static Outcome<NewKey>? Fault(IdentityDirectory directory, Principal person, ApiKey old, DateTimeOffset now)
    {
        if (old.Scopes.Control is not ControlRoles.None)
        {
            return new Outcome<NewKey>.NotAllowed("This key has control roles. Whoever manages keys can replace it.");
        }

        if (!old.IsLive(now))
        {
            return new Outcome<NewKey>.Conflict("This key has ended. Make a new one.");
        }

        if (directory.Keys.Any(key => key.Replaces == old.Id && key.IsLive(now)))
        {
            return new Outcome<NewKey>.Conflict("This key was replaced already. Replace the one that came after it.");
        }

        return HasMost(directory, person, now) ? new Outcome<NewKey>.Conflict(CreateOwnKey.TooMany) : null;
    }

    private static bool HasMost(IdentityDirectory directory, Principal person, DateTimeOffset now) =>
        directory.Keys.Count(key => key.Owner == person.Id && !key.IsSession && key.IsLive(now)) >= CreateOwnKey.MostLive;

    /// <summary>Where people make none, one that leaked is replaced all the same.</summary>
    private static TimeSpan LongestOf(SessionLifetimes lifetimes) => lifetimes.OwnKeys > TimeSpan.Zero ? lifetimes.OwnKeys : SessionLifetimes.LongestOwnKey;
}
