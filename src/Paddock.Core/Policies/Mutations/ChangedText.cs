using System.Globalization;

namespace Paddock.Core.Policies.Mutations;

/// <summary>
/// What a text could have been mistyped as. Each word in it is changed by itself, since each has its own share in what matches; so is
/// each star, which is lost more easily than a letter.
/// </summary>
internal static class ChangedText
{
    /// <summary>Of a name, a path or any other text.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var words = Words(text);
        if (words.Count == 0)
        {
            yield return text.IndexOf("**", StringComparison.Ordinal) is >= 0 and var star ? text.Insert(star, "x/") : "x" + text;
        }

        foreach (var word in words)
        {
            yield return With(text, word);
        }

        for (var i = text.IndexOf('*', StringComparison.Ordinal); i >= 0 && text.Length > 1; i = text.IndexOf('*', i + 1))
        {
            yield return text.Remove(i, 1); // '**' becomes '*'
            i += i + 1 < text.Length && text[i + 1] == '*' ? 1 : 0;
        }
    }

    /// <summary>Of a pattern of <c>matches</c>: only what stands for itself is a word there, and what lets something be left out or repeated can be lost as a star can.</summary>
    public static IEnumerable<string> OfPattern(string pattern)
    {
        var (words, marks) = PatternParts(pattern);
        return (words.Count == 0 ? ["x" + pattern] : words.Select(word => With(pattern, word))).Concat(marks.Select(mark => pattern.Remove(mark, 1)));
    }

    private static string With(string text, Range word)
    {
        var (start, length) = word.GetOffsetAndLength(text.Length);
        var old = text.Substring(start, length);
        var isNumber = old.Length < 18 && old.All(char.IsAsciiDigit);
        return text.Remove(start, length).Insert(start, isNumber ? (long.Parse(old, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) : "x" + old);
    }

    private static List<Range> Words(string text)
    {
        var words = new List<Range>();
        for (var i = 0; i < text.Length; i++)
        {
            i = TakeWord(text, i, words);
        }

        return words;
    }

    private static (List<Range> Words, List<int> Marks) PatternParts(string pattern)
    {
        var (words, marks) = (new List<Range>(), new List<int>());
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '?' or '*' or '+')
            {
                marks.Add(i);
            }

            i = pattern[i] switch
            {
                '\\' => EndOf(pattern, i + 1, i + 2 < pattern.Length && pattern[i + 2] == '{' ? "}" : ""),
                '[' => EndOf(pattern, i + 1, "]"),
                '{' => EndOf(pattern, i, "}"),
                '(' when i + 1 < pattern.Length && pattern[i + 1] == '?' => EndOf(pattern, i, ":>)"),
                _ => TakeWord(pattern, i, words),
            };
        }

        return (words, marks);
    }

    /// <returns>The last character that belongs to what begins here.</returns>
    private static int TakeWord(string text, int at, List<Range> words)
    {
        var end = at;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        if (end == at)
        {
            return at;
        }

        words.Add(at..end);
        return end - 1;
    }

    /// <param name="marks">Any of them ends it; none = the next character does.</param>
    private static int EndOf(string pattern, int at, string marks)
    {
        var end = marks.Length == 0 ? at : pattern.AsSpan(Math.Min(at + 1, pattern.Length)).IndexOfAny(marks) + at + 1;
        return end <= at && marks.Length > 0 ? pattern.Length : end;
    }
}
