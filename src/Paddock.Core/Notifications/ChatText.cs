using System.Globalization;
using System.Text;

namespace Paddock.Core.Notifications;

/// <summary>Words of agents and models in a line for a chat: short, on one line, without control and direction characters, and without the signs by which a chat mentions people or links.</summary>
public static class ChatText
{
    private const int Longest = 120;

    /// <param name="longest">Characters.</param>
    public static string Of(string text, int longest = Longest)
    {
        var (shown, at) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var here = at;
            at += rune.Utf16SequenceLength;
            if (shown.Length >= longest)
            {
                return shown.Append('…').ToString();
            }

            _ = rune.Value switch
            {
                '&' => shown.Append("&amp;"),
                '<' => shown.Append("&lt;"),
                '>' => shown.Append("&gt;"),
                '@' => shown.Append('＠'), // an "@channel" of an agent calls nobody
                '_' when IsInWord(text, here) => shown.Append('_'),
                '`' or '*' or '_' or '~' or '|' => shown.Append('·'),
                _ when IsHidden(rune) => shown.Append('·'),
                _ => shown.Append(rune.ToString()),
            };
        }

        return shown.ToString();
    }

    /// <summary>Chats read a low line as markup only at a word's beginning and end. Within one it stays, as ids are copied from chats: <c>inc_01…</c>.</summary>
    private static bool IsInWord(string text, int at) => at > 0 && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]);

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
}
