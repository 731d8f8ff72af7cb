namespace Paddock.Core.Audit.Masking;

/// <summary>Tells what chance has made from what people have named: names keep to one kind of character for longer.</summary>
internal static class RandomText
{
    /// <summary>Of neighbours in text of 62 characters by chance, 62 in 100 are of different kinds, in hexadecimal digits 47, in names of programs some 20.</summary>
    private const double LeastChanges = 0.33;

    public static bool LooksRandom(ReadOnlySpan<char> text)
    {
        var (changes, digits, distinct) = (0, 0, 0);
        UInt128 seen = 0;
        for (var i = 0; i < text.Length; i++)
        {
            digits += char.IsAsciiDigit(text[i]) ? 1 : 0;
            changes += i > 0 && KindOf(text[i]) != KindOf(text[i - 1]) ? 1 : 0;
            var bit = UInt128.One << (text[i] & 0x7f);
            distinct += (seen & bit) == 0 ? 1 : 0;
            seen |= bit;
        }

        return digits >= 2 && changes >= LeastChanges * (text.Length - 1) && distinct >= Math.Min(10, text.Length / 2);
    }

    /// <summary>Whether lower and upper case letters and digits all occur.</summary>
    public static bool IsMixed(ReadOnlySpan<char> text) => text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('0', '9');

    private static int KindOf(char c) => char.IsAsciiLetterLower(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiDigit(c) ? 2 : 3;
}
