namespace Paddock.Core.Approvals;

/// <summary>SHA-256 of what is asked for, as <c>sha256:</c> and 64 lower-case hexadecimal digits. An approval is bound to it: any other call needs its own.</summary>
public readonly record struct SubjectDigest
{
    private SubjectDigest(string value) => Value = value;

    public string Value { get; }

    /// <param name="hash">32 bytes.</param>
    internal static SubjectDigest Of(ReadOnlySpan<byte> hash) => new("sha256:" + Convert.ToHexStringLower(hash));

    /// <summary>Takes a digest that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static SubjectDigest Parse(string text) =>
        text is { Length: 71 } && text.StartsWith("sha256:", StringComparison.Ordinal) && !text.AsSpan(7).ContainsAnyExcept("0123456789abcdef")
            ? new(text)
            : throw new FormatException($"'{text}' is no digest of a subject; expected sha256: and 64 hexadecimal digits.");

    public override string ToString() => Value ?? "";
}
