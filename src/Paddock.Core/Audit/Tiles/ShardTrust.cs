namespace Paddock.Core.Audit.Tiles;

/// <summary>
/// From the shards whose key is known from elsewhere to those after them. Which shard is archived, and which was restarted, is only said by
/// who serves the log, so neither may be a way around: each later shard is signed with a key that a trusted shard named, or its own, or
/// lies before one that is trusted and holds its end.
/// </summary>
internal static class ShardTrust
{
    /// <param name="shards">Each holds by itself, and <see cref="ShardLinks"/> has found no fault.</param>
    /// <param name="expected">The key of one of them; null = not known.</param>
    /// <param name="kept">The origin of a kept checkpoint that was checked with its shard's key; null = none.</param>
    /// <exception cref="LogDamagedException">Somebody without a key of the log may have written one of them.</exception>
    public static void Check(IReadOnlyList<VerifiedShard> shards, VerifierKey? expected, string? kept)
    {
        if (expected is null && kept is null)
        {
            return; // all keys are the log's own word
        }

        var trusted = Trusted(shards, expected, kept);
        var first = trusted.IndexOf(true);
        if (first < 0)
        {
            throw new LogDamagedException("No shard is signed with the key that is expected.");
        }

        var fault = (int?)null;
        var isVouched = false;
        for (var at = shards.Count - 1; at > first; at--)
        {
            isVouched = trusted[at] || (isVouched && shards[at + 1] is { Log: not null, Shard.Restarted: false });
            fault = isVouched ? fault : at;
        }

        if (fault is { } untrusted)
        {
            throw Untrusted(shards[untrusted - 1].Shard, shards[untrusted].Shard);
        }
    }

    private static List<bool> Trusted(IReadOnlyList<VerifiedShard> shards, VerifierKey? expected, string? kept)
    {
        var trusted = new List<bool>(shards.Count);
        foreach (var shard in shards)
        {
            var isKnown = shard.Key.Equals(expected) || shard.Signed.Checkpoint.Origin == kept;
            trusted.Add(isKnown || (trusted.Count > 0 && trusted[^1] && Passes(shards[trusted.Count - 1], shard)));
        }

        return trusted;
    }

    private static bool Passes(VerifiedShard before, VerifiedShard shard) =>
        before.Key.PublicKey.Span.SequenceEqual(shard.Key.PublicKey.Span) || ShardLinks.Names(before, shard);

    private static LogDamagedException Untrusted(LogShard before, LogShard shard) => new(
        shard.Restarted ? $"Shard {shard.Number} does not continue shard {before.Number}, and is signed with another key: give --vkey of shard {shard.Number}, as those who restarted the log told it to you."
        : $"The key of shard {shard.Number} is named only in the archive of shard {before.Number}; give --vkey of shard {shard.Number}.");
}
