namespace Paddock.Core.Identity;

/// <summary>Stable, public id of an API key: <c>key_</c> and 32 hexadecimal digits. It is not the key.</summary>
public readonly record struct KeyId
{
    private KeyId(string value) => Value = value;

    public string Value { get; }

    public static KeyId Create(Guid id) => new("key_" + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static KeyId Parse(string text) =>
        text is { Length: 36 } && text.StartsWith("key_", StringComparison.Ordinal)
            ? new(text)
            : throw new FormatException($"'{text}' is no key id; expected key_ and 32 hexadecimal digits.");

    public override string ToString() => Value ?? "";
}
