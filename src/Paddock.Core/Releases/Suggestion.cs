namespace Paddock.Core.Releases;

/// <summary>"Did you mean": the known word nearest to a mistyped one.</summary>
public static class Suggestion
{
    /// <returns>Null when nothing is near: more than a third of the letters wrong is another word, not a slip.</returns>
    public static string? For(string text, IEnumerable<string> known)
    {
        if (text.Length is 0 or > 100)
        {
            return null;
        }

        var limit = Math.Max(1, text.Length / 3);
        string? best = null;
        foreach (var word in known.Order(StringComparer.Ordinal))
        {
            var distance = Distance(Plain(text), Plain(word));
            if (distance <= limit)
            {
                (best, limit) = (word, distance - 1);
            }
        }

        return best;
    }

    /// <summary>Case, hyphens and underscores are the slips people make most: they count nothing.</summary>
    private static string Plain(string text) => text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Edits to turn one into the other, where swapping two neighbours is one edit.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, a, b, i, j);
            }
        }

        return rows[a.Length, b.Length];
    }

    private static int Step(int[,] rows, string a, string b, int i, int j)
    {
        var changed = a[i - 1] == b[j - 1] ? 0 : 1;
        var least = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + changed);
        return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
    }
}
