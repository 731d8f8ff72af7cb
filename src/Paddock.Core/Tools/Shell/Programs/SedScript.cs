namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Whether a script for sed only edits the text that passes: it runs nothing, and reads and writes no other file.</summary>
internal static class SedScript
{
    public static bool IsHarmless(string text)
    {
        var i = 0;
        while (i >= 0 && i < text.Length)
        {
            if (text[i] is ' ' or '\t' or '\n' or ';' or '{' or '}')
            {
                i++;
            }
            else
            {
                i = Addresses(text, i);
                i = i < 0 || i >= text.Length ? i : Command(text, i);
            }
        }

        return i >= 0;
    }

    /// <summary>Behind the addresses; -1 when they cannot be told.</summary>
    private static int Addresses(string text, int i)
    {
        while (i >= 0 && i < text.Length)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c) || c is '$' or ',' or '~' or '+' or '!' or ' ' or '\t')
            {
                i++;
            }
            else if (c == '/' || (c == '\\' && i + 1 < text.Length))
            {
                i = c == '/' ? Behind(text, i + 1, '/') : Behind(text, i + 2, text[i + 1]);
                while (i >= 0 && i < text.Length && text[i] is 'I' or 'M')
                {
                    i++;
                }
            }
            else
            {
                return i;
            }
        }

        return i;
    }

    private static int Command(string text, int i)
    {
        switch (text[i])
        {
            case '{' or '}':
                return i + 1;
            case '=' or 'd' or 'D' or 'g' or 'G' or 'h' or 'H' or 'n' or 'N' or 'p' or 'P' or 'x' or 'z':
                return AtEnd(text, i + 1);
            case 'q' or 'Q' or 'l':
                return AtEnd(text, Digits(text, i + 1));
            case 's' when i + 1 < text.Length:
                i = Behind(text, Behind(text, i + 2, text[i + 1]), text[i + 1]);
                while (i >= 0 && i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is 'g' or 'p' or 'i' or 'I'))
                {
                    i++;
                }

                return AtEnd(text, i);
            case 'y' when i + 1 < text.Length:
                return AtEnd(text, Behind(text, Behind(text, i + 2, text[i + 1]), text[i + 1]));
            case 'a' or 'i' or 'c':
                return LineEnd(text, i);
            default:
                return -1;
        }
    }

    /// <summary>The text of <c>a</c>, <c>i</c> and <c>c</c> runs to a line end that is not escaped.</summary>
    private static int LineEnd(string text, int i)
    {
        while (i < text.Length && text[i] != '\n')
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return Math.Min(i, text.Length);
    }

    private static int Digits(string text, int i)
    {
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == ' '))
        {
            i++;
        }

        return i;
    }

    private static int AtEnd(string text, int i)
    {
        while (i >= 0 && i < text.Length && text[i] is ' ' or '\t')
        {
            i++;
        }

        return i < 0 || i >= text.Length || text[i] is ';' or '\n' or '}' ? i : -1;
    }

    /// <summary>Behind the next delimiter that is not escaped; -1 when there is none, or when brackets make it doubtful.</summary>
    private static int Behind(string text, int i, char delimiter)
    {
        if (delimiter is '\n' or '\\' or '[' || i < 0)
        {
            return -1;
        }

        var bracket = false;
        for (; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == delimiter)
            {
                return bracket ? -1 : i + 1;
            }
            else if (text[i] == '[' && !bracket)
            {
                bracket = true; // a ']' that comes first is one of the characters
                i += i + 1 < text.Length && text[i + 1] == '^' ? 1 : 0;
                i += i + 1 < text.Length && text[i + 1] == ']' ? 1 : 0;
            }
            else if (text[i] == ']')
            {
                bracket = false;
            }
        }

        return -1;
    }
}
