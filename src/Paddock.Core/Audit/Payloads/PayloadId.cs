namespace Paddock.Core.Audit.Payloads;

/// <summary>Stable id of kept content: <c>pay_</c> and 32 hexadecimal digits. The order of ids is the order of time.</summary>
public readonly record struct PayloadId
{
    private const int Length = 36;

    private PayloadId(string value) => Value = value;

    public string Value { get; }

    /// <param name="id">A UUIDv7 of the moment.</param>
    public static PayloadId Create(Guid id) => new("pay_" + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static PayloadId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no payload's id; expected pay_ and 32 hexadecimal digits.");

    public static bool TryParse(string? text, out PayloadId id)
    {
        var good = text is { Length: Length } && text.StartsWith("pay_", StringComparison.Ordinal) && !text.AsSpan(4).ContainsAnyExcept("0123456789abcdef");
        id = good ? new(text!) : default; // checked on the line before
        return good;
    }

    public override string ToString() => Value ?? "";
}
