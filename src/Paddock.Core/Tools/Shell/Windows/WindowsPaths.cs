using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>What only Windows makes of a path.</summary>
internal static class WindowsPaths
{
    /// <summary>Notes paths by their backslashes, and the machines whose shares are named (<c>\\host\share\x</c>, <c>--file=//host/share/x</c>): to open one is to talk to it.</summary>
    /// <param name="words">Without the program's name.</param>
    public static void Note(ShellFacts facts, ReadOnlySpan<Word> words)
    {
        foreach (var word in words)
        {
            if ((Share(word.Text) ?? Share(word.Text[(word.Text.IndexOf('=', StringComparison.Ordinal) + 1)..])) is { } host)
            {
                facts.Read();
                Hosts.Bare(facts, Word.Of(host));
            }

            if (word.Text.Contains('\\', StringComparison.Ordinal))
            {
                facts.Path(word.Shown);
            }
        }
    }

    /// <summary>Blanks and dots at the end are dropped, and <c>SECRET~1.TXT</c> is the short name of a longer one.</summary>
    public static bool IsOtherName(string path)
    {
        var tilde = path.IndexOf('~', StringComparison.Ordinal);
        return path[^1] is ' '
            || (path[^1] is '.' && path.AsSpan()[(path.AsSpan().LastIndexOfAny('\\', '/') + 1)..] is not ("." or ".."))
            || (tilde > 0 && tilde + 1 < path.Length && char.IsAsciiDigit(path[tilde + 1]));
    }

    private static string? Share(string text)
    {
        if (text is not ['\\' or '/', '\\' or '/', ..])
        {
            return null;
        }

        var end = text.AsSpan(2).IndexOfAny('\\', '/');
        return end < 0 ? text[2..] : text.Substring(2, end);
    }
}
