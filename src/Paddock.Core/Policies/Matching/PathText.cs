using System.Collections.Immutable;

namespace Paddock.Core.Policies.Matching;

/// <summary>
/// A path brought to the one form in which it is judged: forward slashes, no empty or <c>.</c> part, <c>a/../b</c> as <c>b</c>, no
/// <c>file://</c>. Case stays as written. What leaves the folder it began in stays so: <c>a/../../b</c> is <c>../b</c>.
/// This is text only: a symbolic link in the path may lead elsewhere.
/// </summary>
public sealed class PathText
{
    private PathText(ImmutableArray<string> parts, bool isOutside, bool expands)
    {
        Parts = parts;
        IsOutside = isOutside;
        Expands = expands;
        Text = parts is [""] ? "/" : string.Join('/', parts);
        OnWindows = parts.Any(static part => Bare(part) != part) ? new([.. parts.Select(Bare)], isOutside, expands) : null;
    }

    public string Text { get; }

    /// <summary>What stands between the slashes; an absolute path begins with an empty part.</summary>
    internal ImmutableArray<string> Parts { get; }

    /// <summary>What Windows makes of it, where blanks and dots at the end of a name are no part of it and a colon ends it; null = the same.</summary>
    internal PathText? OnWindows { get; }

    /// <summary>Absolute, in somebody's home, above the folder it began in, or no one can tell.</summary>
    public bool IsOutside { get; }

    /// <summary>A shell would make something else of it, so that it may name several files.</summary>
    public bool Expands { get; }

    /// <summary>A path as a tool's argument states it: every character means itself.</summary>
    /// <param name="workspace">The absolute path of the folder the agent works in, when that is known: paths below it count as relative to it.</param>
    public static PathText Of(string path, string? workspace = null)
    {
        var parts = Split(path, shell: false);
        if (workspace is not null && Split(workspace, shell: false) is { Count: > 1 } root && root[0].Length == 0 && parts.Count >= root.Count && parts[..root.Count].SequenceEqual(root))
        {
            parts.RemoveRange(0, root.Count);
        }

        return new([.. parts], Leaves(parts), expands: false);
    }

    /// <summary>A path as it stands in a command line. Braces are written out; variables, substitutions and globs stay as they are.</summary>
    public static IEnumerable<PathText> OfShell(string path)
    {
        foreach (var written in BraceList.Expand(path))
        {
            var text = PathWildcards.HasAny(written) ? written.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal) : written;
            var parts = Split(text, shell: true);
            yield return new([.. parts], Leaves(parts) || (parts.Count > 0 && PathWildcards.HasVariable(parts[0])), PathWildcards.HasAny(text));
        }
    }

    public override string ToString() => Text;

    private static bool Leaves(List<string> parts) => parts.Count > 0 && (parts[0] is "" or ".." or "~" || parts[0].StartsWith('~') || IsDrive(parts[0]));

    private static string Bare(string part)
    {
        var colon = IsDrive(part) ? -1 : part.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? part : part[..colon]).TrimEnd('.', ' ');
        return name.Length == 0 ? part : name;
    }

    private static bool IsDrive(string part) => part.Length == 2 && part[1] == ':' && char.IsAsciiLetter(part[0]);

    private static List<string> Split(string path, bool shell)
    {
        var text = path.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? path[7..] : path;
        text = text.Replace('\\', '/');
        var parts = new List<string>();
        if (text.StartsWith('/'))
        {
            parts.Add("");
        }

        foreach (var part in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            Add(parts, part, shell);
        }

        while (parts is ["", "proc", var process, "root", ..] && (process is "self" or "thread-self" || process.All(char.IsAsciiDigit)))
        {
            parts.RemoveRange(1, 3); // the disk itself
        }

        return parts;
    }

    private static void Add(List<string> parts, string part, bool shell)
    {
        switch (part)
        {
            case ".":
                break;
            case ".." when parts.Count == 0 || parts[^1] == "..":
                parts.Add(part);
                break;
            case ".." when parts.Count == 1 && (parts[0].Length == 0 || IsDrive(parts[0])):
                break; // nothing is above the root
            case ".." when parts[^1].StartsWith('~') || (shell && PathWildcards.HasAny(parts[^1])):
                parts.Add(part); // what this names cannot be told from the text
                break;
            case "..":
                parts.RemoveAt(parts.Count - 1);
                break;
            default:
                parts.Add(part);
                break;
        }
    }
}
