namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Whether a program for awk only computes and prints: no commands, no pipes, no files but those it is given.</summary>
internal static class AwkProgram
{
    private static readonly string[] words = ["system", "getline", "close", "fflush", "ARGV", "ARGC", "ENVIRON", "SYMTAB", "FUNCTAB", "PROCINFO"];

    private const string patternAfter = "\n(,{};!&|~=<>*%?:[^";

    public static bool IsHarmless(string text)
    {
        var (braces, parentheses, before) = (0, 0, '\n');
        if (words.Any(w => text.Contains(w, StringComparison.Ordinal)))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            i = Step(text, i, before);
            braces += c switch { '{' => 1, '}' => -1, _ => 0 };
            parentheses += c switch { '(' => 1, ')' => -1, _ => 0 };
            // A '>' in a condition compares; between braces and outside parentheses it would name a file.
            if (i < 0 || parentheses < 0 || braces < 0 || (c == '>' && braces > 0 && parentheses == 0))
            {
                return false;
            }

            before = c is ' ' or '\t' ? before : c;
        }

        return true;
    }

    /// <summary>The last character of what begins here; -1 when it may do harm.</summary>
    private static int Step(string text, int i, char before) => text[i] switch
    {
        '"' => End(text, i),
        '/' when patternAfter.Contains(before) => End(text, i),
        // After a word it could be either: print /x/ or n / 2.
        '/' when !char.IsAsciiDigit(before) && before is not (']' or '"') => -1,
        '@' or '`' or '#' or '\\' => -1,
        '|' => i + 1 < text.Length && text[i + 1] == '|' ? i + 1 : -1,
        _ => i,
    };

    /// <summary>The closing quote or slash; -1 when it cannot be told.</summary>
    private static int End(string text, int start)
    {
        for (var i = start + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                // Within brackets some awks take a slash for itself.
                return text[start] == '/' && Unclosed(text.AsSpan(start, i - start)) ? -1 : i;
            }
        }

        return -1;
    }

    private static bool Unclosed(ReadOnlySpan<char> pattern) => pattern.LastIndexOf('[') > pattern.LastIndexOf(']') || pattern.Contains("[]", StringComparison.Ordinal) || pattern.Contains("[^]", StringComparison.Ordinal);
}
