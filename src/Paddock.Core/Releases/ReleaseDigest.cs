namespace Paddock.Core.Releases;

/// <summary>SHA-256 of a release's canonical manifest, as <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public readonly record struct ReleaseDigest
{
    private ReleaseDigest(string value) => Value = value;

    public string Value { get; }

    public static ReleaseDigest Parse(string text) =>
        text is { Length: 71 } && text.StartsWith("sha256:", StringComparison.Ordinal) && !text.AsSpan(7).ContainsAnyExcept("0123456789abcdef")
            ? new(text)
            : throw new FormatException($"'{text}' is no release digest; expected sha256: and 64 hexadecimal digits.");

    /// <summary>The first 12 digits, for people.</summary>
    public string Short => Value[7..19];

    public override string ToString() => Value ?? "";
}
