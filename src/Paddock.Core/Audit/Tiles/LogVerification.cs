namespace Paddock.Core.Audit.Tiles;

/// <summary>A log that held.</summary>
/// <param name="Key">That it is signed with.</param>
/// <param name="Tiles">Tiles of hashes that were compared.</param>
/// <param name="First">The oldest entry; empty when there is none.</param>
/// <param name="Last">The newest entry; empty when there is none.</param>
public sealed record VerifiedLog(SignedCheckpoint Signed, VerifierKey Key, long Tiles, ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Last);

/// <summary>
/// Checks a log as somebody does who believes nothing of it but one key: recomputes the root from the entries, compares each tile byte by
/// byte, and holds both against the signed checkpoint and one that was kept from before. Memory does not grow with the log.
/// </summary>
public sealed class LogVerification(ILogSource source, ISignatureVerifier verifier)
{
    private readonly TreePeaks peaks = new();
    private readonly Dictionary<int, Tile> partials = [];
    private TreeEdge edge = TreeEdge.Empty;
    private ReadOnlyMemory<byte> first, last;
    private long compared;

    /// <summary>Runs once.</summary>
    /// <param name="expected">The log's key, if it is known from elsewhere; null = the one that the log names.</param>
    /// <param name="kept">A signed checkpoint from before, from which the log must have grown.</param>
    /// <exception cref="LogDamagedException">It does not hold; the message names the place.</exception>
    public async Task<VerifiedLog> RunAsync(VerifierKey? expected, string? kept, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(expected, cancellationToken);
        var signed = SignedCheckpoint.Open(await source.CheckpointAsync(cancellationToken) ?? throw new LogDamagedException("There is no signed log checkpoint."), key, verifier);
        var head = signed.Checkpoint;
        var before = kept is null ? null : Kept(kept, key, head);
        while (edge.Size < head.Size)
        {
            await TakeAsync(await BundleAsync(head.Size, cancellationToken), before, cancellationToken);
        }

        foreach (var tile in partials.Values)
        {
            await CompareAsync(tile, cancellationToken);
        }

        return peaks.Root == head.Root
            ? new(signed, key, compared, first, last)
            : throw new LogDamagedException($"The {head.Size} entries give the root {peaks.Root}, and the signed log checkpoint says {head.Root}.");
    }

    private async Task<VerifierKey> KeyAsync(VerifierKey? expected, CancellationToken cancellationToken)
    {
        var text = await source.VerifierKeyAsync(cancellationToken);
        var said = text is null ? null : VerifierKey.Parse(text) is { Algorithm: NoteAlgorithm.Ed25519 } key ? key : throw new LogDamagedException("The log's own key is none.");
        return expected is not null && said is not null && !said.Equals(expected)
            ? throw new LogDamagedException($"The log says that its key is {said}, expected {expected}.")
            : expected ?? said ?? throw new LogDamagedException("The log does not say what key it is signed with.");
    }

    private LogCheckpoint Kept(string kept, VerifierKey key, LogCheckpoint head)
    {
        LogCheckpoint before;
        try
        {
            before = SignedCheckpoint.Open(kept, key, verifier).Checkpoint;
        }
        catch (LogDamagedException fault)
        {
            throw new LogDamagedException($"The checkpoint that was kept is not one of this log: {fault.Message}");
        }

        return before.Size <= head.Size ? before : throw new LogDamagedException($"The log has shrunk: it has {head.Size} entries, and had {before.Size} when a checkpoint was kept.");
    }

    private async Task<List<ReadOnlyMemory<byte>>> BundleAsync(long size, CancellationToken cancellationToken)
    {
        var id = TileId.At(TileId.Entries, edge.Size / TileId.Full, size) ?? throw new LogDamagedException($"A log of {size} entries has none behind {edge.Size}.");
        var bytes = await source.ReadAsync(id, cancellationToken) ?? throw new LogDamagedException($"{id} is missing.");
        return EntryBundle.Read(bytes) is { } entries && entries.Count == id.Width ? entries : throw new LogDamagedException($"{id} is no bundle of {id.Width} entries.");
    }

    private async Task TakeAsync(List<ReadOnlyMemory<byte>> entries, LogCheckpoint? before, CancellationToken cancellationToken)
    {
        var leaves = entries.ConvertAll(static entry => TreeHash.OfLeaf(entry.Span));
        foreach (var leaf in leaves)
        {
            peaks.Add(leaf);
            if (peaks.Size == before?.Size && peaks.Root != before.Root)
            {
                throw new LogDamagedException($"The log is not what it was: its first {before.Size} entries give the root {peaks.Root}, and the checkpoint that was kept says {before.Root}.");
            }
        }

        var changed = new List<Tile>();
        first = edge.Size == 0 ? entries[0].ToArray() : first;
        (edge, last) = (edge.Append(leaves, changed), entries[^1]);
        foreach (var tile in changed)
        {
            if (tile.Id.Width < TileId.Full)
            {
                partials[tile.Id.Level] = tile;
                continue;
            }

            partials.Remove(tile.Id.Level);
            await CompareAsync(tile, cancellationToken);
        }
    }

    private async Task CompareAsync(Tile tile, CancellationToken cancellationToken)
    {
        var (id, expected) = (tile.Id, tile.Hashes.Span.ToArray());
        var served = await source.ReadAsync(id, cancellationToken) ?? throw new LogDamagedException($"{id} is missing.");
        if (served.Length != expected.Length)
        {
            throw new LogDamagedException($"{id} has {served.Length} bytes, expected {expected.Length}.");
        }

        compared++;
        if (served.Span.CommonPrefixLength(expected) is var same && same < expected.Length)
        {
            var hash = (id.Index * TileId.Full) + (same / TreeHash.Length);
            var (first, count) = (hash << (id.Level * TileId.Height), 1L << (id.Level * TileId.Height));
            throw new LogDamagedException(count == 1 ? $"{id} does not go with entry {first}." : $"{id} does not go with the entries {first} to {first + count - 1}.");
        }
    }
}
