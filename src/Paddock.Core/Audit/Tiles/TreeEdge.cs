using System.Collections.Immutable;

namespace Paddock.Core.Audit.Tiles;

/// <summary>
/// The right edge of a log's tree: the hashes in the tiles that are not full. It is all that is needed to append and to know the root.
/// Immutable: appending gives another.
/// </summary>
public sealed class TreeEdge
{
    /// <summary>By level. A level below the last may be empty.</summary>
    private readonly ImmutableArray<ImmutableArray<TreeHash>> levels;

    private TreeEdge(long size, ImmutableArray<ImmutableArray<TreeHash>> levels) => (Size, this.levels) = (size, levels);

    /// <summary>Of the empty tree.</summary>
    public static TreeEdge Empty { get; } = new(0, []);

    /// <summary>Leaves.</summary>
    public long Size { get; }

    /// <summary>The tree's root (RFC 6962, section 2.1).</summary>
    public TreeHash Root
    {
        get
        {
            var peaks = new TreePeaks();
            for (var level = levels.Length - 1; level >= 0; level--)
            {
                foreach (var hash in levels[level])
                {
                    peaks.Add(hash, level * TileId.Height);
                }
            }

            return peaks.Root;
        }
    }

    /// <summary>Reads the edge of a tree from its tiles.</summary>
    public static async ValueTask<TreeEdge> ReadAsync(ITileReader tiles, long size, CancellationToken cancellationToken)
    {
        var partials = ImmutableArray.CreateBuilder<ImmutableArray<TreeHash>>();
        for (var level = 0; TileId.HashesAt(level, size) is > 0 and var hashes; level++)
        {
            partials.Add(TileId.At(level, hashes / TileId.Full, size) is { } partial ? HashList.Read((await tiles.ReadAsync(partial, cancellationToken)).Span) : []);
        }

        return new(size, partials.ToImmutable());
    }

    /// <summary>Appends leaves.</summary>
    /// <param name="changed">Takes every tile that is new or longer now, whole.</param>
    public TreeEdge Append(IEnumerable<TreeHash> leaves, ICollection<Tile> changed)
    {
        var (size, grown) = (Size, new List<List<TreeHash>>(levels.Select(level => level.ToList())));
        var touched = 0;
        foreach (var leaf in leaves)
        {
            size++;
            var hash = leaf;
            for (var level = 0; ; level++)
            {
                if (level == grown.Count)
                {
                    grown.Add([]);
                }

                touched = Math.Max(touched, level + 1);
                grown[level].Add(hash);
                if (grown[level].Count < TileId.Full)
                {
                    break;
                }

                var full = HashList.Write(grown[level]);
                grown[level].Clear();
                changed.Add(new(new(level, (TileId.HashesAt(level, size) / TileId.Full) - 1, TileId.Full), full));
                hash = TreeHash.OfPerfect(full);
            }
        }

        for (var level = 0; level < touched; level++)
        {
            if (grown[level].Count > 0)
            {
                changed.Add(new(new(level, TileId.HashesAt(level, size) / TileId.Full, grown[level].Count), HashList.Write(grown[level])));
            }
        }

        return new(size, [.. grown.Select(level => level.ToImmutableArray())]);
    }
}
