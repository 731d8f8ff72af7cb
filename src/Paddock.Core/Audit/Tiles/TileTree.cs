namespace Paddock.Core.Audit.Tiles;

/// <summary>A log's tree at one size, read from its tiles: roots and proofs. Each tile is read once.</summary>
public sealed class TileTree(ITileReader tiles, long size)
{
    private readonly Dictionary<TileId, ReadOnlyMemory<byte>> known = [];

    /// <summary>Leaves.</summary>
    public long Size => size;

    public ValueTask<TreeHash> RootAsync(CancellationToken cancellationToken) => RootAsync(size, cancellationToken);

    /// <summary>The root that the tree had at an earlier size.</summary>
    /// <param name="earlier">At most <see cref="Size"/>.</param>
    /// <exception cref="LogDamagedException">A tile is missing.</exception>
    public ValueTask<TreeHash> RootAsync(long earlier, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, size);
        return HashAsync(new(0, earlier), cancellationToken);
    }

    /// <summary>Proof that a leaf is in the tree (RFC 6962, section 2.1.1).</summary>
    /// <exception cref="LogDamagedException">A tile is missing.</exception>
    public ValueTask<IReadOnlyList<TreeHash>> InclusionAsync(long index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return HashesAsync(TreeProof.Inclusion(index, size), cancellationToken);
    }

    /// <summary>Proof that the tree only grew since an earlier size (RFC 6962, section 2.1.2).</summary>
    /// <exception cref="LogDamagedException">A tile is missing.</exception>
    public ValueTask<IReadOnlyList<TreeHash>> ConsistencyAsync(long earlier, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, size);
        return HashesAsync(TreeProof.Consistency(earlier, size), cancellationToken);
    }

    private async ValueTask<IReadOnlyList<TreeHash>> HashesAsync(List<TreeRange> ranges, CancellationToken cancellationToken)
    {
        var hashes = new List<TreeHash>(ranges.Count);
        foreach (var range in ranges)
        {
            hashes.Add(await HashAsync(range, cancellationToken));
        }

        return hashes;
    }

    private async ValueTask<TreeHash> HashAsync(TreeRange range, CancellationToken cancellationToken)
    {
        var peaks = new TreePeaks();
        foreach (var (height, index) in range.Perfect())
        {
            peaks.Add(await PerfectAsync(height, index, cancellationToken), height);
        }

        return peaks.Root;
    }

    private async ValueTask<TreeHash> PerfectAsync(int height, long index, CancellationToken cancellationToken)
    {
        var (level, within) = Math.DivRem(height, TileId.Height);
        var first = index << within;
        var id = TileId.At(level, first / TileId.Full, size) ?? throw new LogDamagedException($"A tree of {size} leaves has no tile for level {level}, hash {first}.");
        if (!known.TryGetValue(id, out var tile))
        {
            known[id] = tile = await tiles.ReadAsync(id, cancellationToken);
        }

        return TreeHash.OfPerfect(tile.Span.Slice((int)(first % TileId.Full) * TreeHash.Length, TreeHash.Length << within));
    }
}
