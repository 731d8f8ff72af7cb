namespace Paddock.Core.Identity;

/// <summary>Stable, public id of an API key or session: <c>key_</c> or <c>ses_</c> and 32 hexadecimal digits. It is not the key.</summary>
public readonly record struct KeyId
{
    private KeyId(string value) => Value = value;

    public string Value { get; }

    public static KeyId Create(Guid id) => new("key_" + id.ToString("N"));

    public static KeyId CreateSession(Guid id) => new("ses_" + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static KeyId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no key id; expected key_ or ses_ and 32 hexadecimal digits.");

    public static bool TryParse(string? text, out KeyId id)
    {
        var good = text is { Length: 36 } && (text.StartsWith("key_", StringComparison.Ordinal) || text.StartsWith("ses_", StringComparison.Ordinal));
        id = good ? new(text!) : default; // checked on the line before
        return good;
    }

    public override string ToString() => Value ?? "";
}
