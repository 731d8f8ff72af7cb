namespace Paddock.Core.Identity;

/// <summary>Whether a principal is a person or a program with keys of its own.</summary>
public enum PrincipalKind
{
    User,
    ServiceAccount,
}

/// <summary>Stable id of a principal: <c>usr_…</c> or <c>svc_…</c> and 32 hexadecimal digits. Names may change, ids do not.</summary>
public readonly record struct PrincipalId
{
    private PrincipalId(string value) => Value = value;

    public string Value { get; }

    public static PrincipalId Create(PrincipalKind kind, Guid id) => new((kind is PrincipalKind.User ? "usr_" : "svc_") + id.ToString("N"));

    /// <summary>Takes an id that Paddock made before; anything else is a <see cref="FormatException"/>.</summary>
    public static PrincipalId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no principal id; expected usr_ or svc_ and 32 hexadecimal digits.");

    public static bool TryParse(string? text, out PrincipalId id)
    {
        var good = text is { Length: 36 } && (text.StartsWith("usr_", StringComparison.Ordinal) || text.StartsWith("svc_", StringComparison.Ordinal));
        id = good ? new(text!) : default; // checked on the line before
        return good;
    }

    public override string ToString() => Value ?? "";
}
