using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Tests.Audit.Tiles;

/// <summary>A log's tiles in memory, grown in steps as a sequencer would, each tile at its longest.</summary>
internal sealed class TileBox : ITileReader
{
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> tiles = [];

    public TreeEdge Edge { get; private set; } = TreeEdge.Empty;

    public static TreeHash Leaf(int number) => TreeHash.OfLeaf(BitConverter.GetBytes(number));

    public static TreeHash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(Leaf)];

    public static TileBox Of(IReadOnlyList<TreeHash> leaves, int step = int.MaxValue)
    {
        var box = new TileBox();
        foreach (var part in leaves.Chunk(step))
        {
            box.Append(part);
        }

        return box;
    }

    public void Append(IEnumerable<TreeHash> leaves)
    {
        var changed = new List<Tile>();
        Edge = Edge.Append(leaves, changed);
        foreach (var tile in changed)
        {
            tile.Hashes.Length.ShouldBe(tile.Id.Width * TreeHash.Length);
            if (tiles.TryGetValue((tile.Id.Level, tile.Id.Index), out var before))
            {
                tile.Hashes.Length.ShouldBeGreaterThan(before.Length, "a tile is written only when it grew");
                tile.Hashes.Span[..before.Length].SequenceEqual(before.Span).ShouldBeTrue("what is in a tile stays");
            }

            tiles[(tile.Id.Level, tile.Id.Index)] = tile.Hashes;
        }
    }

    public IEnumerable<(int Level, long Index, int Width)> All => tiles.Select(tile => (tile.Key.Level, tile.Key.Index, tile.Value.Length / TreeHash.Length));

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
        tiles.TryGetValue((tile.Level, tile.Index), out var hashes) && hashes.Length >= tile.Width * TreeHash.Length
            ? new(hashes[..(tile.Width * TreeHash.Length)])
            : throw new LogDamagedException($"No {tile}.");
}
