using System.Globalization;

namespace Paddock.Commands;

/// <summary>Plain text tables: aligned columns, two spaces between, no lines, good for eyes and for awk.</summary>
internal static class Tables
{
    public static void Write(TextWriter output, IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend([.. heads.Select(head => head.ToUpperInvariant())]).ToList();
        var widths = Enumerable.Range(0, heads.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    public static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
}
