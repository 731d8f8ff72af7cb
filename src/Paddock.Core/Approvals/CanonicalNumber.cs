using System.Globalization;
using System.Text;

namespace Paddock.Core.Approvals;

/// <summary>
/// Numbers as RFC 8785 writes them (ECMAScript's shortest form), as long as that loses nothing. A number that a double cannot tell
/// from its neighbours keeps its own letters: two calls that some program could take for different must never have one digest.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>Any decimal of so many digits comes back from a double unchanged.</summary>
    private const int ExactDigits = 15;

    /// <param name="literal">A JSON number.</param>
    public static string Of(string literal)
    {
        var mantissa = literal.AsSpan(0, literal.AsSpan().IndexOfAny('e', 'E') is >= 0 and var at ? at : literal.Length);
        var digits = Digits(mantissa);
        if (digits.Length == 0)
        {
            return "0";
        }

        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        return digits.Length <= ExactDigits && double.IsNormal(value) ? Shortest(value) : literal;
    }

    /// <summary>Digits that count: neither the zeros in front nor those behind.</summary>
    private static string Digits(ReadOnlySpan<char> mantissa)
    {
        var digits = new StringBuilder(mantissa.Length);
        foreach (var c in mantissa)
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
        }

        return digits.ToString().Trim('0');
    }

    private static string Shortest(double value)
    {
        // "E16" rounds; "R" is the shortest text that comes back. Its digits and its exponent are all that is taken of it.
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var plain = e < 0 ? text : text[..e];
        var point = plain.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : plain.Length;
        var all = plain.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        return (value < 0 ? "-" : "") + Layout(digits, point - leading + exponent);
    }

    /// <param name="point">How many digits stand before the point; none or fewer means zeros behind it. ECMA-262, Number::toString.</param>
    private static string Layout(string digits, int point)
    {
        if (point is > 21 or < -5)
        {
            var rest = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{digits[0]}{rest}e{(point > 0 ? "+" : "")}{(point - 1).ToString(CultureInfo.InvariantCulture)}";
        }

        return point <= 0 ? "0." + new string('0', -point) + digits
            : point >= digits.Length ? digits.PadRight(point, '0')
            : digits[..point] + "." + digits[point..];
    }
}
