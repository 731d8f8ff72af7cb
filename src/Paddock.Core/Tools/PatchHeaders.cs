using System.Collections.Immutable;

namespace Paddock.Core.Tools;

/// <summary>The files that a patch in Codex's format names (<c>*** Add File: p</c>, <c>Update</c>, <c>Delete</c>, <c>*** Move to: p</c>).</summary>
internal static class PatchHeaders
{
    private static readonly string[] headers = ["*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:"];
    private static readonly string[] moves = ["rename from ", "rename to ", "copy from ", "copy to "];

    /// <summary>More may be found than the tool would take, never fewer.</summary>
    public static ImmutableArray<string> Paths(string patch)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        foreach (var line in patch.Split('\n'))
        {
            var text = line.Trim();
            foreach (var header in headers)
            {
                if (text.StartsWith(header, StringComparison.OrdinalIgnoreCase))
                {
                    paths.Add(text[header.Length..].Trim());
                }
            }
        }

        return paths.ToImmutable();
    }

    /// <summary>The same for the format of <c>diff -u</c> and git: <c>--- a/p</c> with <c>+++ b/p</c> below, and what is renamed or copied.</summary>
    public static IEnumerable<string> PathsOfDiff(string patch)
    {
        var lines = patch.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Length && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal))
            {
                yield return Named(lines[i][4..]);
                yield return Named(lines[i + 1][4..]);
            }
            else if (Array.Find(moves, move => lines[i].StartsWith(move, StringComparison.Ordinal)) is { } move)
            {
                yield return Named(lines[i][move.Length..]);
            }
        }
    }

    private static string Named(string written)
    {
        var name = written.Split('\t')[0].Trim().Trim('"');
        return name.StartsWith("a/", StringComparison.Ordinal) || name.StartsWith("b/", StringComparison.Ordinal) ? name[2..] : name;
    }
}
