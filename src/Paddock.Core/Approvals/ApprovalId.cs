namespace Paddock.Core.Approvals;

/// <summary>Stable id of an approval: <c>apr_</c> and 32 hexadecimal digits. It names a request; it grants nothing to whoever knows it.</summary>
public readonly record struct ApprovalId
{
    private const int Length = 36;

    private ApprovalId(string value) => Value = value;

    public string Value { get; }

    public static ApprovalId Create(Guid id) => new("apr_" + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static ApprovalId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no approval id; expected apr_ and 32 hexadecimal digits.");

    public static bool TryParse(string? text, out ApprovalId id)
    {
        var good = text is { Length: Length } && text.StartsWith("apr_", StringComparison.Ordinal) && !text.AsSpan(4).ContainsAnyExcept("0123456789abcdef");
        id = good ? new(text!) : default; // checked on the line before
        return good;
    }

    public override string ToString() => Value ?? "";
}
