using System.Globalization;

namespace Paddock.Core.Audit.Masking;

/// <summary>Numbers of payment cards that have the right beginning, length and check digit, and stand by themselves.</summary>
internal static class CardDetector
{
    private const int LeastDigits = 14, MostDigits = 19;

    /// <summary>Digits in groups as cards show them.</summary>
    private static readonly int[][] groupings = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3]];

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOfAnyInRange('0', '9') is >= 0 and var next;)
        {
            at += next;
            var length = IsAlone(text, at) ? CardLength(text[at..]) : 0;
            if (length > 0)
            {
                into.Add(new(at, length, MaskKinds.Card));
            }

            at += Math.Max(length, CharSets.Run(text[at..], TokenChars.Digits));
        }
    }

    /// <summary>Whether a whole number that stands alone is a card's.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits) => digits.Length is >= LeastDigits and <= MostDigits && !digits.ContainsAnyExceptInRange('0', '9') && HasBeginning(digits) && HasCheckDigit(digits);

    private static int CardLength(ReadOnlySpan<char> text)
    {
        var first = CharSets.Run(text, TokenChars.Digits);
        if (first >= LeastDigits)
        {
            return IsCard(text[..first]) && Ends(text, first) ? first : 0;
        }

        Span<char> digits = stackalloc char[MostDigits];
        foreach (var grouping in groupings)
        {
            var length = GroupedLength(text, grouping, digits);
            if (length > 0 && IsCard(digits[..grouping.Sum()]) && Ends(text, length))
            {
                return length;
            }
        }

        return 0;
    }

    private static int GroupedLength(ReadOnlySpan<char> text, int[] grouping, Span<char> digits)
    {
        var (at, count) = (0, 0);
        for (var i = 0; i < grouping.Length; i++)
        {
            if (i > 0 && (at >= text.Length || text[at] is not (' ' or '-') || text[at++] != text[grouping[0]]))
            {
                return 0;
            }

            if (CharSets.Run(text[at..], TokenChars.Digits) != grouping[i])
            {
                return 0;
            }

            text.Slice(at, grouping[i]).CopyTo(digits[count..]);
            (at, count) = (at + grouping[i], count + grouping[i]);
        }

        return at;
    }

    /// <summary>Issuer identification numbers (ISO/IEC 7812) of the schemes in use, with the lengths they have.</summary>
    private static bool HasBeginning(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], NumberStyles.None, CultureInfo.InvariantCulture);
        return digits.Length switch
        {
            14 => four is (>= 3000 and <= 3059) or 3095 or (>= 3600 and <= 3699) or (>= 3800 and <= 3999),
            15 => four is (>= 3400 and <= 3499) or (>= 3700 and <= 3799),
            16 => four is (>= 4000 and <= 4999) or (>= 5100 and <= 5599) or (>= 2221 and <= 2720) or 6011 or (>= 6440 and <= 6599) or (>= 3528 and <= 3589) or (>= 6200 and <= 6299) or (>= 2200 and <= 2204),
            19 => four is (>= 4000 and <= 4999) or (>= 6200 and <= 6299) or 6011 or (>= 6440 and <= 6599),
            _ => false,
        };
    }

    /// <summary>Luhn's formula (ISO/IEC 7812-1, annex B).</summary>
    private static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : (digit * 2 / 10) + (digit * 2 % 10);
        }

        return sum % 10 == 0 && digits.ContainsAnyExcept(digits[0]);
    }

    /// <summary>Not inside of a UUID, a hash, a decimal fraction, an encoding.</summary>
    internal static bool IsAlone(ReadOnlySpan<char> text, int at) =>
        at == 0 || (text[at - 1] is not ('.' or '-' or '_' or '+' or '/' or '%' or '#' or '@' or >= '\x80') && CharSets.Begins(text, at) && !(at > 1 && text[at - 1] == ' ' && char.IsAsciiDigit(text[at - 2])));

    private static bool Ends(ReadOnlySpan<char> text, int at) =>
        at >= text.Length || (text[at] is not ('-' or '_' or '+' or '/' or '=' or '%' or >= '\x80') && !char.IsAsciiLetterOrDigit(text[at]) && !(text[at] is '.' or ' ' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])));
}
