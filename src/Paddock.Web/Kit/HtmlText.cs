using System.Globalization;
using System.Text;

namespace Paddock.Web.Kit;

/// <summary>
/// Text in a page. What comes from an agent or its model is shown as it is: nothing of it is markup, and characters that hide or turn
/// text (controls, direction marks, zero-width ones, blanks that are none) are written out, so that what is read is what is there.
/// </summary>
internal static class HtmlText
{
    /// <summary>One line.</summary>
    public static string Line(string text) => Of(text, keepLines: false);

    /// <summary>Text whose line feeds and tabs are its own; in an element that keeps them.</summary>
    public static string Block(string text) => Of(text, keepLines: true);

    /// <summary>The same where no markup can be: in a title, or an attribute. It is text, not HTML yet.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHidden(rune, keepLines: false) ? plain.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}") : plain.Append(rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>How many characters had to be written out.</summary>
    public static int Hidden(string text, bool keepLines = true) => text.EnumerateRunes().Count(rune => IsHidden(rune, keepLines));

    /// <summary>How many letters look foreign in a command: some of them look like others.</summary>
    public static int Foreign(string text) => text.EnumerateRunes().Count(rune => !rune.IsAscii && !IsHidden(rune, keepLines: true));

    private static string Of(string text, bool keepLines)
    {
        var html = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = IsHidden(rune, keepLines) ? html.Append(CultureInfo.InvariantCulture, $"<span class=\"hidden-character\">\\u{rune.Value:x4}</span>") : Append(html, rune);
        }

        return html.ToString();
    }

    private static StringBuilder Append(StringBuilder html, Rune rune) => rune.Value switch
    {
        '&' => html.Append("&amp;"),
        '<' => html.Append("&lt;"),
        '>' => html.Append("&gt;"),
        '"' => html.Append("&quot;"),
        '\'' => html.Append("&#39;"),
        _ => html.Append(rune.ToString()),
    };

    private static bool IsHidden(Rune rune, bool keepLines) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => !keepLines || rune.Value is not ('\n' or '\t'),
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => true,
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or (>= 0xFE00 and <= 0xFE0F) or 0xFFFD, // fillers, an empty braille cell, joiners and selectors: letters and marks that show nothing
    };
}
