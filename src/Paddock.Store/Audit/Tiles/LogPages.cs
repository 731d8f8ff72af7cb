using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>What of the open shard is published, within a session.</summary>
internal static class LogPages
{
    public static async Task<PublishedLog?> NewestAsync(Session session) =>
        await ShardRow.NewestAsync(session) is { } shard && await CheckpointRow.NewestAsync(session, shard.Number) is { } newest
            ? new(shard.Number, shard.Vkey, new(shard.Origin, newest.Size, new(newest.Root)), newest.SignedAt.ToTime(), newest.Note)
            : null;

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

    private static async Task<ReadOnlyMemory<byte>?> BundleAsync(Session session, long shard, TileId bundle)
    {
        var first = bundle.Index * TileId.Full;
        var entries = await session.ReadRowsAsync<ReadOnlyMemory<byte>>(
            "SELECT entry FROM audit_entries WHERE shard = @shard AND seq >= @first AND seq < @end ORDER BY seq", new { shard, first, end = first + bundle.Width }, static row => (byte[])row.GetValue(0));
        return entries.Count == bundle.Width ? EntryBundle.Write(entries) : null;
    }
}
