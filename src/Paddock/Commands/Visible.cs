using System.Globalization;
using System.Text;

namespace Paddock.Commands;

/// <summary>
/// Text for a terminal. Models, sessions and names come from the wire: a control or direction character among them could move the
/// cursor, clear the screen or show a row that is none. Such characters are shown as what they are (<c>\u001b</c>).
/// </summary>
internal static class Visible
{
    /// <summary>One line, or one cell of a table.</summary>
    public static string Line(string text) => Of(text, keepLines: false);

    /// <summary>A message of ours, which may have lines.</summary>
    public static string Lines(string text) => Of(text, keepLines: true);

    private static string Of(string text, bool keepLines)
    {
        if (text.EnumerateRunes().All(rune => IsPlain(rune, keepLines)))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsPlain(rune, keepLines) ? shown.Append(rune.ToString()) : shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }

        return shown.ToString();
    }

    private static bool IsPlain(Rune rune, bool keepLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => keepLines && rune.Value is ('\n' or '\t'),
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse => false,
        _ => true,
    };
}
