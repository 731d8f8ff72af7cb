using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Looks whether what the database holds of the log goes together, and goes with what was signed. Nothing is signed before it was.</summary>
internal sealed class LogCheck(ISignatureVerifier verifier)
{
    /// <summary>Recomputes the right edge and compares it with the tiles, the newest published checkpoint and the newest signed one.</summary>
    /// <param name="head">Of this shard, or of an earlier one.</param>
    /// <exception cref="LogDamagedException">They do not go together.</exception>
    public async Task<OpenLog> OpenAsync(Session session, ShardRow shard, LastSigned head)
    {
        var tiles = new TileRows(session, shard.Number);
        var size = await tiles.SizeAsync();
        await CheckLeavesAsync(session, shard, tiles, size);
        await CheckTilesAsync(shard, tiles, size);
        await HoldsAsync(session, shard, head);
        var published = await PublishedAsync(session, shard, tiles, size);
        var edge = await TreeEdge.ReadAsync(tiles, size, session.CancellationToken);
        return new(shard, shard.Key, edge, published, head);
    }

    /// <summary>Whether a signed checkpoint is one of the log that the database holds.</summary>
    /// <param name="newest">The newest shard.</param>
    /// <exception cref="LogDamagedException">It is not.</exception>
    public static async Task HoldsAsync(Session session, ShardRow newest, LastSigned head)
    {
        var shard = head.Shard == newest.Number ? newest : await ShardRow.FindAsync(session, head.Shard);
        var signed = head.Checkpoint;
        if (await ShardRow.IsGivenUpAsync(session, head.Shard, signed.Origin))
        {
            return;
        }

        if (shard is null || shard.Number > newest.Number)
        {
            throw new LogDamagedException($"Shard {head.Shard} of the audit log ({signed.Origin}) was signed, and the database does not know it. It is older than what was signed, or another.");
        }

        if (shard.Origin != signed.Origin || shard.Key.KeyId != head.KeyId)
        {
            throw new LogDamagedException($"The database holds the audit log {shard.Origin} with the key {shard.Key.KeyId:x8}; what was signed here is of {signed.Origin}, with the key {head.KeyId:x8}.");
        }

        await HoldsAsync(session, shard, signed);
    }

    private static async Task HoldsAsync(Session session, ShardRow shard, LogCheckpoint signed)
    {
        var tiles = new TileRows(session, shard.Number);
        var size = shard.ArchivedAt is null ? await tiles.SizeAsync() : (await CheckpointRow.NewestAsync(session, shard.Number))?.Size ?? 0;
        if (size < signed.Size)
        {
            throw new LogDamagedException($"The database holds {size} entries of the audit log {signed.Origin}, and {signed.Size} were signed. It is older than what was signed.");
        }

        var root = shard.ArchivedAt is null ? await new TileTree(tiles, size).RootAsync(signed.Size, session.CancellationToken) : await FinalRootAsync(session, shard, signed);
        if (root != signed.Root)
        {
            throw new LogDamagedException($"The first {signed.Size} entries of the audit log {signed.Origin} are not those that were signed.");
        }
    }

    /// <summary>Of an archived shard there is only its end.</summary>
    private static async Task<TreeHash> FinalRootAsync(Session session, ShardRow shard, LogCheckpoint signed) =>
        await CheckpointRow.NewestAsync(session, shard.Number) is { } final && final.Size == signed.Size
            ? new(final.Root)
            : throw new SignerUnavailableException($"keys/audit.signed knows {signed.Size} entries of {signed.Origin}, which was archived since: copy the file from a process that has signed or followed this log.");

    /// <summary>The newest published checkpoint, its signature checked.</summary>
    public async Task<CheckpointRow?> PublishedAsync(Session session, ShardRow shard, TileRows tiles, long size)
    {
        if (await CheckpointRow.NewestAsync(session, shard.Number) is not { } row)
        {
            return null;
        }

        var checkpoint = SignedCheckpoint.Open(row.Note, shard.Key, verifier).Checkpoint;
        if (checkpoint.Size != row.Size || checkpoint.Size > size || await new TileTree(tiles, size).RootAsync(checkpoint.Size, session.CancellationToken) != checkpoint.Root)
        {
            throw new LogDamagedException($"The published log checkpoint of {checkpoint.Size} entries is not one of the {size} entries in the database.");
        }

        return row;
    }

    /// <summary>The last tile of leaves against the entries themselves; no entry may lie behind it.</summary>
    private static async Task CheckLeavesAsync(Session session, ShardRow shard, TileRows tiles, long size)
    {
        var first = Math.Max(0, size - 1) / TileId.Full * TileId.Full;
        var leaves = await EntryRows.LeavesAsync(session, shard.Number, first);
        if (leaves.Count != size - first)
        {
            throw new LogDamagedException($"Shard {shard.Number} of the audit log has {first + leaves.Count} entries, and tiles for {size}.");
        }

        await CompareAsync(tiles, 0, first / TileId.Full, leaves);
    }

    /// <summary>The tiles that are not full, from those below them.</summary>
    private static async Task CheckTilesAsync(ShardRow shard, TileRows tiles, long size)
    {
        for (var level = 1; TileId.HashesAt(level, size) is > 0 and var hashes; level++)
        {
            var roots = new List<TreeHash>();
            for (var index = hashes / TileId.Full * TileId.Full; index < hashes; index++)
            {
                roots.Add(await tiles.WholeAsync(level - 1, index) is { Length: TileId.Full * TreeHash.Length } full
                    ? TreeHash.OfPerfect(full)
                    : throw new LogDamagedException($"Tile {index} of level {level - 1} of shard {shard.Number} is not whole."));
            }

            await CompareAsync(tiles, level, hashes / TileId.Full, roots);
        }
    }

    /// <summary>A row must hold these hashes and no other, or not be there when there are none.</summary>
    private static async Task CompareAsync(TileRows tiles, int level, long index, List<TreeHash> expected)
    {
        var held = await tiles.WholeAsync(level, index) ?? [];
        var bytes = new byte[expected.Count * TreeHash.Length];
        for (var i = 0; i < expected.Count; i++)
        {
            expected[i].CopyTo(bytes.AsSpan(i * TreeHash.Length));
        }

        if (!held.AsSpan().SequenceEqual(bytes))
        {
            throw new LogDamagedException($"Tile {index} of level {level} of the audit log is not what lies below it.");
        }
    }
}
