using System.Globalization;

namespace Paddock.Core.Audit.Tiles;

/// <summary>A tile, or a bundle of entries, of a log at some size (c2sp.org/tlog-tiles).</summary>
/// <param name="Level">From 0; <see cref="Entries"/> for a bundle of entries.</param>
/// <param name="Index">Within the level, from 0.</param>
/// <param name="Width">Hashes or entries in it: 256 when it is full.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile, entries in a full bundle.</summary>
    public const int Full = 256;

    /// <summary>Binary levels of the tree that one tile spans.</summary>
    public const int Height = 8;

    /// <summary>The level of bundles of entries.</summary>
    public const int Entries = -1;

    // 256^7 leaves fill more than 63 bits.
    private const int HighestLevel = 7;
    private const string EntriesWord = "entries";

    /// <summary>How many hashes level <paramref name="level"/> holds in a tree of <paramref name="size"/> leaves.</summary>
    public static long HashesAt(int level, long size) => level > HighestLevel ? 0 : size >> (Height * Math.Max(level, 0));

    /// <summary>The tile as a tree of <paramref name="size"/> leaves has it; null when it has none.</summary>
    public static TileId? At(int level, long index, long size) =>
        Math.Min(Full, HashesAt(level, size) - (index * Full)) is > 0 and var width ? new(level, index, (int)width) : null;

    /// <summary>All tiles of hashes in a tree of <paramref name="size"/> leaves, from below.</summary>
    public static IEnumerable<TileId> All(long size)
    {
        for (var level = 0; HashesAt(level, size) is > 0 and var hashes; level++)
        {
            for (var index = 0L; index * Full < hashes; index++)
            {
                yield return new(level, index, (int)Math.Min(Full, hashes - (index * Full)));
            }
        }
    }

    /// <summary>Reads a path below a log's prefix, as <see cref="ToString"/> writes it.</summary>
    /// <returns>Null when it names no tile.</returns>
    public static TileId? Parse(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 3 || parts[0] != "tile" || LevelOf(parts[1]) is not { } level)
        {
            return null;
        }

        var index = parts[2..];
        var width = Full;
        if (index.Length >= 2 && index[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            width = int.TryParse(index[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : 0;
            index = [.. index[..^2], index[^2][..^2]];
        }

        // Whatever reads alike and is written otherwise is another path, and no tile's.
        return IndexOf(index) is { } number && width is > 0 and <= Full && new TileId(level, number, width) is var tile && tile.ToString() == path ? tile : null;
    }

    /// <summary>Its path below the log's prefix, such as <c>tile/0/x001/067.p/3</c>.</summary>
    public override string ToString()
    {
        var index = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            index = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{index}";
        }

        var level = Level == Entries ? EntriesWord : Level.ToString(CultureInfo.InvariantCulture);
        return Width == Full ? $"tile/{level}/{index}" : $"tile/{level}/{index}.p/{Width.ToString(CultureInfo.InvariantCulture)}";
    }

    private static int? LevelOf(string text) => text == EntriesWord ? Entries
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 0 and <= HighestLevel ? level : null;

    private static long? IndexOf(string[] parts)
    {
        // 2^63 leaves make less than 10^18 tiles: six groups.
        if (parts.Length is 0 or > 6)
        {
            return null;
        }

        var digits = string.Concat(parts.Select((part, at) => at < parts.Length - 1 && part.StartsWith('x') ? part[1..] : part));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
