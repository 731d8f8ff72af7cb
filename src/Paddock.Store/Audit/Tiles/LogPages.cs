using System.Collections.Immutable;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Witnesses;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>What of the log is published, within a session.</summary>
internal static class LogPages
{
    public static async Task<PublishedLog?> NewestAsync(Session session, long? number)
    {
        // A shard that is about to be opened has no checkpoint for a moment.
        var newest = number ?? await session.ScalarAsync<long?>("SELECT MAX(number) FROM audit_shards s WHERE EXISTS (SELECT 1 FROM audit_checkpoints c WHERE c.shard = s.number)");
        return newest is { } found && await ShardRow.FindAsync(session, found) is { } shard && await CheckpointRow.NewestAsync(session, found) is { } head
            ? new(shard.Number, shard.Vkey, new(shard.Origin, head.Size, new(head.Root)), head.SignedAt.ToTime(), head.Note + LinesOf(await CosignatureRow.OfShardAsync(session, found), head.Size))
            : null;
    }

    /// <summary>The newest checkpoint that a witness has signed too, with the signatures of all that have.</summary>
    public static async Task<PublishedLog?> WitnessedAsync(Session session, long? number)
    {
        var newest = number ?? await session.ScalarAsync<long?>("SELECT MAX(shard) FROM audit_cosignatures");
        if (newest is not { } found || await ShardRow.FindAsync(session, found) is not { } shard || await CosignatureRow.OfShardAsync(session, found) is not [var first, ..] rows)
        {
            return null;
        }

        var checkpoint = SignedNote.Parse(first.Note) is { } note && LogCheckpoint.Parse(note.Text) is { } parsed ? parsed : throw new LogDamagedException($"A checkpoint of shard {found} that a witness signed is damaged.");
        return new(shard.Number, shard.Vkey, checkpoint, first.At.ToTime(), first.Note + LinesOf(rows, first.Size));
    }

    public static async Task<ImmutableArray<LogShard>> ShardsAsync(Session session)
    {
        var shards = ImmutableArray.CreateBuilder<LogShard>();
        foreach (var shard in await ShardRow.AllAsync(session))
        {
            var head = await CheckpointRow.NewestAsync(session, shard.Number);
            shards.Add(new(
                shard.Number, shard.Origin, shard.Vkey, head?.Size ?? 0, head is null ? null : new TreeHash(head.Root).ToString(),
                shard.OpenedAt.ToTime(), shard.ClosedAt?.ToTime(), shard.ArchivedAt?.ToTime(), shard.Halt is not null));
        }

        return shards.ToImmutable();
    }

    /// <summary>A tile or bundle below a size that is published: hashes beyond it are nobody's business, and might never be signed.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Session session, long shard, long size, TileId tile)
    {
        if (TileId.At(tile.Level, tile.Index, size) is not { } whole || tile.Width > whole.Width)
        {
            return null;
        }

        if (tile.Level == TileId.Entries)
        {
            return await BundleAsync(session, shard, tile);
        }

        return await new TileRows(session, shard).WholeAsync(tile.Level, tile.Index) is { } hashes && hashes.Length >= tile.Width * TreeHash.Length
            ? hashes.AsMemory(0, tile.Width * TreeHash.Length)
            : null;
    }

    private static string LinesOf(IEnumerable<CosignatureRow> rows, long size) => string.Concat(rows.Where(row => row.Size == size).Select(static row => row.Line + "\n"));

    private static async Task<ReadOnlyMemory<byte>?> BundleAsync(Session session, long shard, TileId bundle)
    {
        var first = bundle.Index * TileId.Full;
        var entries = await session.ReadRowsAsync<ReadOnlyMemory<byte>>(
            "SELECT entry FROM audit_entries WHERE shard = @shard AND seq >= @first AND seq < @end ORDER BY seq", new { shard, first, end = first + bundle.Width }, static row => (byte[])row.GetValue(0));
        return entries.Count == bundle.Width ? (ReadOnlyMemory<byte>?)EntryBundle.Write(entries) : null;
    }
}
