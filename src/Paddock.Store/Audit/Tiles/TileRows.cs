using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>A shard's tiles as rows, within a session.</summary>
internal sealed class TileRows(Session session, long shard) : ITileReader
{
    private const string Upsert =
        """
        INSERT INTO audit_tiles (shard, level, idx, hashes) VALUES (@shard, @level, @index, @hashes)
        ON CONFLICT (shard, level, idx) DO UPDATE SET hashes = excluded.hashes WHERE length(audit_tiles.hashes) < length(excluded.hashes)
        """;

    /// <summary>Leaves in the tree, by its tiles of the lowest level.</summary>
    public async Task<long> SizeAsync()
    {
        var last = await session.ReadRowsAsync(
            "SELECT idx, length(hashes) FROM audit_tiles WHERE shard = @shard AND level = 0 ORDER BY idx DESC LIMIT 1", new { shard }, static row => (Index: row.GetInt64(0), Bytes: row.GetInt64(1)));
        return last is [var tile] ? (tile.Index * TileId.Full) + (tile.Bytes / TreeHash.Length) : 0;
    }

    /// <summary>All that a tile's row holds; null when there is none.</summary>
    public Task<byte[]?> WholeAsync(int level, long index) =>
        session.ScalarAsync<byte[]>("SELECT hashes FROM audit_tiles WHERE shard = @shard AND level = @level AND idx = @index", new { shard, level = (long)level, index });

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
        await WholeAsync(tile.Level, tile.Index) is { } hashes && hashes.Length >= tile.Width * TreeHash.Length
            ? hashes.AsMemory(0, tile.Width * TreeHash.Length)
            : throw new LogDamagedException($"The tile {tile} of shard {shard} is not in the database.");

    /// <summary>Writes tiles that are new or have grown.</summary>
    /// <exception cref="LogDamagedException">One of them has grown already: this tree is not the newest.</exception>
    public async Task WriteAsync(IEnumerable<Tile> tiles)
    {
        foreach (var (id, hashes) in tiles)
        {
            if (await session.ExecuteAsync(Upsert, new { shard, level = (long)id.Level, index = id.Index, hashes = hashes.ToArray() }) != 1)
            {
                throw new LogDamagedException($"The tile {id} of shard {shard} is longer in the database than it was when it was read.");
            }
        }
    }
}
