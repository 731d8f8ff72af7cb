using System.Globalization;

namespace Paddock.Core.Audit.Tiles;

/// <summary>What a log was at one size: the head that is signed (c2sp.org/tlog-checkpoint).</summary>
/// <param name="Origin">The log's name, and that of the key it signs with.</param>
/// <param name="Size">Entries.</param>
public sealed record LogCheckpoint(string Origin, long Size, TreeHash Root)
{
    /// <summary>Reads a note's text; lines after the third are allowed and mean nothing here.</summary>
    /// <returns>Null when it is no checkpoint.</returns>
    public static LogCheckpoint? Parse(string text)
    {
        if (!text.EndsWith('\n')
            || text[..^1].Split('\n') is not [{ Length: > 0 } origin, var number, var hash, .. var more]
            || Decimal(number) is not { } size
            || TreeHash.Parse(hash) is not { } root
            || more.Any(line => line.Length == 0))
        {
            return null;
        }

        return new(origin, size, root);
    }

    /// <summary>The text that is signed: three lines.</summary>
    public override string ToString() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Root}\n";

    /// <summary>A number as these formats write it: digits, no leading zeros.</summary>
    internal static long? Decimal(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text == number.ToString(CultureInfo.InvariantCulture) ? number : null;
}
