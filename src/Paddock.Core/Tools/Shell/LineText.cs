using System.Globalization;

namespace Paddock.Core.Tools.Shell;

/// <summary>Characters that have no place in a command line, whatever the shell.</summary>
internal static class LineText
{
    /// <summary>Why the text cannot be understood before any grammar is asked; null when it can.</summary>
    public static string? Fault(string text)
    {
        if (text.Length > ShellLimits.Text)
        {
            return $"longer than {ShellLimits.Text} characters";
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.Format)
                {
                    return "a character that is not shown";
                }

                i++;
            }
            else if (Fault(text[i]) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The text with a space for each control character, so that words are still found in it.</summary>
    public static string Printable(string text) => text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? ' ' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static string? Fault(char c) => c switch
    {
        '\n' or '\t' => null,
        '\r' => "a carriage return",
        < ' ' or '\u007f' => "a control character",
        < '\u007f' => null,
        _ => char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control => "a control character",
            // Bidirectional overrides and zero-width characters show a person another line than the one that runs; so do foreign spaces.
            UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => "a character that is not shown",
            UnicodeCategory.Surrogate => "half a character",
            _ => null,
        },
    };
}
