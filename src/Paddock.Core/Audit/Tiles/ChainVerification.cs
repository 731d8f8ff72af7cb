namespace Paddock.Core.Audit.Tiles;

/// <summary>A shard that held.</summary>
/// <param name="Log">Null when its entries are in an archive: only its last checkpoint was looked at.</param>
public sealed record VerifiedShard(LogShard Shard, SignedCheckpoint Signed, VerifierKey Key, VerifiedLog? Log);

/// <summary>
/// Checks a log in all its shards: each by itself, and that each begins with the end of the one before and with the key which that one
/// named. So one key and one kept checkpoint, of any shard, vouch for what came later; where the key is not named by a shard that is here,
/// or the log was restarted with another, that key must be given.
/// </summary>
public sealed class ChainVerification(ILogShards log, ISignatureVerifier verifier)
{
    private readonly List<VerifiedShard> verified = [];

    /// <summary>Runs once.</summary>
    /// <param name="expected">The key of one of the shards, if it is known from elsewhere.</param>
    /// <param name="kept">A signed checkpoint from before, of one of the shards.</param>
    /// <returns>All shards of which something is published, by number; one when the log has no shards.</returns>
    /// <exception cref="LogDamagedException">It does not hold; the message names the place.</exception>
    public async Task<IReadOnlyList<VerifiedShard>> RunAsync(VerifierKey? expected, string? kept, CancellationToken cancellationToken)
    {
        if (await log.ShardsAsync(cancellationToken) is not { } shards)
        {
            var only = await new LogVerification(log.Open(null), verifier).RunAsync(expected, kept, cancellationToken);
            var head = only.Signed.Checkpoint;
            return [new(new(1, head.Origin, only.Key.ToString(), head.Size, head.Root.ToString(), default, null, null, Restarted: false), only.Signed, only.Key, only)];
        }

        var published = shards.Where(static shard => shard.Root is not null).OrderBy(static shard => shard.Number).ToList();
        CheckKnown(published, expected, kept);
        foreach (var shard in published)
        {
            var next = await CheckAsync(shard, expected, kept, cancellationToken);
            ShardLinks.Check(verified.LastOrDefault(), next);
            verified.Add(next);
        }

        ShardLinks.CheckEnd(verified.LastOrDefault() ?? throw new LogDamagedException("There is no signed log checkpoint."));
        ShardTrust.Check(verified, expected, kept is null ? null : OriginOf(kept));
        return verified;
    }

    private static void CheckKnown(List<LogShard> shards, VerifierKey? expected, string? kept)
    {
        if (expected is not null && !shards.Exists(shard => shard.Origin == expected.Name))
        {
            throw new LogDamagedException($"The log has no shard {expected.Name}; it has {string.Join(", ", shards.Select(static shard => shard.Origin))}.");
        }

        if (kept is not null && OriginOf(kept) is var origin && !shards.Exists(shard => shard.Origin == origin))
        {
            throw new LogDamagedException($"The checkpoint that was kept is not one of this log: it is of {origin ?? "nothing"}.");
        }
    }

    private async Task<VerifiedShard> CheckAsync(LogShard shard, VerifierKey? expected, string? kept, CancellationToken cancellationToken)
    {
        var (own, before) = (expected?.Name == shard.Origin ? expected : null, kept is not null && OriginOf(kept) == shard.Origin ? kept : null);
        var source = log.Open(shard.Number);
        try
        {
            var checkedShard = shard.Archived is null
                ? await WholeAsync(shard, source, own, before, cancellationToken)
                : await EndAsync(shard, source, own, before, cancellationToken);
            return checkedShard.Key.ToString() == shard.VerifierKey && checkedShard.Key.Name == shard.Origin
                ? checkedShard
                : throw new LogDamagedException($"It is said to be {shard.VerifierKey}, and is {checkedShard.Key}.");
        }
        catch (LogDamagedException fault)
        {
            throw new LogDamagedException($"Shard {shard.Number}: {fault.Message}");
        }
    }

    private async Task<VerifiedShard> WholeAsync(LogShard shard, ILogSource source, VerifierKey? expected, string? kept, CancellationToken cancellationToken)
    {
        var held = await new LogVerification(source, verifier).RunAsync(expected, kept, cancellationToken);
        return new(shard, held.Signed, held.Key, held);
    }

    /// <summary>Of an archived shard the last checkpoint is there; a kept one of it must be that.</summary>
    private async Task<VerifiedShard> EndAsync(LogShard shard, ILogSource source, VerifierKey? expected, string? kept, CancellationToken cancellationToken)
    {
        var key = expected ?? VerifierKey.Parse(shard.VerifierKey) ?? throw new LogDamagedException("The log's own key is none.");
        var end = SignedCheckpoint.Open(await source.CheckpointAsync(cancellationToken) ?? throw new LogDamagedException("There is no signed log checkpoint."), key, verifier);
        if (kept is not null && SignedCheckpoint.Open(kept, key, verifier).Checkpoint is var before && before != end.Checkpoint)
        {
            throw new LogDamagedException($"The checkpoint that was kept has {before.Size} of its {end.Checkpoint.Size} entries, which were archived: check it against the archive, then keep a newer one.");
        }

        return new(shard, end, key, null);
    }

    private static string? OriginOf(string note) => SignedNote.Parse(note) is { } parsed ? LogCheckpoint.Parse(parsed.Text)?.Origin : null;
}
