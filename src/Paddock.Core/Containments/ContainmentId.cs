namespace Paddock.Core.Containments;

/// <summary>Stable id of a containment: <c>con_</c> and 32 hexadecimal digits. The order of ids is the order of time.</summary>
public readonly record struct ContainmentId
{
    private const int Length = 36;

    private ContainmentId(string value) => Value = value;

    public string Value { get; }

    /// <param name="id">A UUIDv7 of the moment.</param>
    public static ContainmentId Create(Guid id) => new("con_" + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static ContainmentId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no containment id; expected con_ and 32 hexadecimal digits.");

    public static bool TryParse(string? text, out ContainmentId id)
    {
        var good = text is { Length: Length } && text.StartsWith("con_", StringComparison.Ordinal) && !text.AsSpan(4).ContainsAnyExcept("0123456789abcdef");
        id = good ? new(text!) : default; // checked on the line before
        return good;
    }

    public override string ToString() => Value ?? "";
}
