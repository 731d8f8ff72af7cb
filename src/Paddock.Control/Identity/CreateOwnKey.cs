using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What a person's own new key is asked to be.</summary>
public sealed record CreateOwnKeyInput
{
    /// <summary>What it is for, one line of up to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>May ask for decisions on tool calls as well, as agents' hooks do.</summary>
    public bool Tools { get; init; }

    /// <summary>Lifetime in days, 1 to what <see cref="SessionLifetimes.OwnKeys"/> says.</summary>
    public int Days { get; init; } = 30;
}

/// <summary>
/// A person makes a key of their own, for model calls and never with control roles: it gives no more than their sessions do, but for longer.
/// Its text leaves here once and is kept nowhere.
/// </summary>
public sealed class CreateOwnKey(IIdentityStore store, IIdentities identities, SessionLifetimes lifetimes, Pepper pepper, TimeProvider time, ILogger<CreateOwnKey> logger)
{
    /// <summary>Live keys of one person: more than agents on a few machines, fewer than anybody loses sight of.</summary>
    public const int MostLive = 20;

    internal static readonly string TooMany = $"You have {MostLive} keys that work. Revoke one that you no longer use first.";

    public async Task<Outcome<NewKey>> RunAsync(Actor actor, CreateOwnKeyInput input, CancellationToken cancellationToken)
    {
        var (now, directory) = (time.GetUtcNow(), identities.Current);
        if (PersonSignedIn.Of(actor, directory, now) is not { } person)
        {
            return new Outcome<NewKey>.NotAllowed(PersonSignedIn.KeyRule);
        }

        var most = (int)lifetimes.OwnKeys.TotalDays;
        if (most == 0)
        {
            return new Outcome<NewKey>.NotAllowed("People make no keys for themselves here. Ask those who manage keys.");
        }

        if (!Names.IsLabel(input.Name, 100))
        {
            return new Outcome<NewKey>.Invalid("name", "A key's name is one line of 1 to 100 characters.");
        }

        if (input.Days < 1 || input.Days > most)
        {
            return new Outcome<NewKey>.Invalid("days", $"A key of your own lasts 1 to {most} days.");
        }

        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        var key = CreateKey.KeyOf(input.Name, person.Id, new() { Models = true, Tools = input.Tools }, now, now.AddDays(input.Days), token, pepper);
        if (!await store.AddOwnKeyAsync(key, MostLive, actor.Audited, cancellationToken))
        {
            return new Outcome<NewKey>.Conflict(TooMany);
        }

        Log.KeyMade(logger, key.Prefix, key.Name, person.Name, actor.Id);
        return new Outcome<NewKey>.Done(new(KeyView.Of(key, person), token.Reveal()));
    }
}
