using System.Globalization;

namespace Paddock.Core.Audit.Payloads;

/// <summary>
/// Id of a data key: <c>dek_</c>, its class, its month (UTC) and 16 hexadecimal digits, such as <c>dek_names_2026-11_3fa9c1d200b7e845</c>.
/// It stands in audit entries and says nothing of the key.
/// </summary>
public readonly record struct DataKeyId
{
    /// <summary>Longest name of a class, in characters.</summary>
    public const int LongestClass = 24;

    private const string Prefix = "dek_";
    private const int RandomBytes = 8;
    private const int TailLength = 1 + 7 + 1 + (2 * RandomBytes); // _2026-11_ and the digits

    private DataKeyId(string value) => Value = value;

    public string Value { get; }

    /// <summary>What the key is for: <see cref="KeyClasses.Names"/>, or a class of payloads.</summary>
    public string Class => Value[Prefix.Length..^TailLength];

    /// <summary>The first day of its month.</summary>
    public DateOnly Month => DateOnly.ParseExact(Value.AsSpan(Value.Length - TailLength + 1, 7), "yyyy-MM", CultureInfo.InvariantCulture);

    /// <param name="cls">A name that <see cref="KeyClasses.IsName"/> takes.</param>
    /// <param name="now">Any moment of the month.</param>
    /// <param name="random">8 random bytes: several processes make keys for the same class and month.</param>
    public static DataKeyId Create(string cls, DateTimeOffset now, ReadOnlySpan<byte> random)
    {
        if (!KeyClasses.IsName(cls) || random.Length != RandomBytes)
        {
            throw new ArgumentException($"A data key has a class of lower-case letters, digits and '-', at most {LongestClass}, and {RandomBytes} random bytes.", nameof(cls));
        }

        return new(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{cls}_{now.UtcDateTime:yyyy-MM}_{Convert.ToHexStringLower(random)}"));
    }

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static DataKeyId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no data key's id; expected dek_, a class, a month and 16 hexadecimal digits.");

    public static bool TryParse(string? text, out DataKeyId id)
    {
        id = default;
        if (text is null || text.Length <= Prefix.Length + TailLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var tail = text.AsSpan(text.Length - TailLength);
        var good = tail[0] == '_' && tail[8] == '_' && !tail[9..].ContainsAnyExcept("0123456789abcdef") && KeyClasses.IsName(text[Prefix.Length..^TailLength])
            && DateOnly.TryParseExact(tail[1..8], "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        id = good ? new(text) : default;
        return good;
    }

    public override string ToString() => Value ?? "";
}
