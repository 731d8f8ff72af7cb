using System.Globalization;

namespace Paddock.Core.Releases;

/// <summary>Numbers as documents write them: digits, one point, a sign. No exponents, separators or other bases, which people read differently than YAML.</summary>
internal static class Numbers
{
    public static bool IsNumber(string text) => TryDecimal(text, out _);

    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && char.IsAsciiDigit(text[^1]) && text[0] != '+';

    public static bool TryWhole(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && text[0] != '+';

    /// <summary>A whole number and its unit: <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 9)
        {
            return false;
        }

        var count = long.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        TimeSpan? unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        value = (unit ?? default) * count;
        return unit is not null;
    }
}
