using System.Text;

namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>
/// What might be commands in a text that could not be parsed: cut at every character that can separate two, quotes ignored. It finds too much rather
/// than too little, which serves rules that forbid; nothing allows such a line anyway.
/// </summary>
internal static class RoughCommands
{
    private const string Separators = ";&|()`\n{}<>";

    /// <summary>A back quote hides nothing there, and a backslash stands in paths.</summary>
    private const string WindowsSeparators = ";&|(){}\n<>,";

    private static readonly HashSet<string> skipped = ["if", "then", "elif", "else", "while", "until", "do", "!", "time", "function", "coproc", "$"];

    public static IEnumerable<List<Word>> In(string text, ShellDialect dialect)
    {
        var (quotes, separators) = dialect is ShellDialect.Posix ? ("'\"\\", Separators) : ("'\"`^", WindowsSeparators);
        var words = new List<Word>();
        var word = new StringBuilder();
        foreach (var c in text.Replace("\\\n", "", StringComparison.Ordinal).Append('\n'))
        {
            if (quotes.Contains(c))
            {
                continue;
            }

            if (c is not (' ' or '\t') && !separators.Contains(c))
            {
                word.Append(c);
                continue;
            }

            Take(words, word, dialect is ShellDialect.Posix);
            if (c is not (' ' or '\t') && words.Count > 0)
            {
                yield return words;
                words = [];
            }
        }
    }

    /// <param name="assigns">An assignment may stand before a program; to a shell of Windows it is one.</param>
    private static void Take(List<Word> words, StringBuilder word, bool assigns)
    {
        if (word.Length == 0)
        {
            return;
        }

        var text = word.ToString();
        word.Clear();
        if (words.Count == 0 && (skipped.Contains(text) || (assigns && IsAssignment(text))))
        {
            return;
        }

        words.Add(new(text, text, !text.AsSpan().ContainsAny("$*?[~%"), []));
    }

    private static bool IsAssignment(string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 && text.AsSpan(0, equals).IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+") < 0;
    }
}
