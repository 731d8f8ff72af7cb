namespace Paddock.Core.Audit.Payloads;

/// <summary>Stable id of a legal hold: <c>hold_</c> and 32 hexadecimal digits. The order of ids is the order of time.</summary>
public readonly record struct HoldId
{
    private const int Length = 37;

    private HoldId(string value) => Value = value;

    public string Value { get; }

    /// <param name="id">A UUIDv7 of the moment.</param>
    public static HoldId Create(Guid id) => new("hold_" + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static HoldId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no legal hold's id; expected hold_ and 32 hexadecimal digits.");

    public static bool TryParse(string? text, out HoldId id)
    {
        var good = text is { Length: Length } && text.StartsWith("hold_", StringComparison.Ordinal) && !text.AsSpan(5).ContainsAnyExcept("0123456789abcdef");
        id = good ? new(text!) : default; // checked on the line before
        return good;
    }

    public override string ToString() => Value ?? "";
}
