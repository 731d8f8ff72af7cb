using System.Collections.Immutable;

namespace Paddock.Core.Tools;

/// <summary>The files that a patch in Codex's format names (<c>*** Add File: p</c>, <c>Update</c>, <c>Delete</c>, <c>*** Move to: p</c>).</summary>
internal static class PatchHeaders
{
    private static readonly string[] headers = ["*** Add File:", "*** Update File:", "*** Delete File:", "*** Move to:"];

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
}
