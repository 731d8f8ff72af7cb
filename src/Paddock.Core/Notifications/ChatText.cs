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
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
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
                '`' or '*' or '_' or '~' or '|' => shown.Append('·'),
                _ when IsHidden(rune) => shown.Append('·'),
                _ => shown.Append(rune.ToString()),
            };
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
}
