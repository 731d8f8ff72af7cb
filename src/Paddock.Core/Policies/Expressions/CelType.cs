namespace Paddock.Core.Policies.Expressions;

/// <summary>The type of a value or of a part of an expression.</summary>
/// <param name="Element">Of a list: what it holds; null in an empty list, which fits any.</param>
internal sealed record CelType(CelKind Kind, CelType? Element = null)
{
    public static readonly CelType Bool = new(CelKind.Bool), Int = new(CelKind.Int), Double = new(CelKind.Double), Text = new(CelKind.Text), Timestamp = new(CelKind.Timestamp), Duration = new(CelKind.Duration);

    public static readonly CelType Texts = ListOf(Text);

    public bool IsNumber => Kind is CelKind.Int or CelKind.Double;

    public static CelType ListOf(CelType? element) => new(CelKind.List, element);

    /// <summary>Whether values of both can be compared for equality: the same type, two numbers, or lists of such.</summary>
    public bool Fits(CelType other) => (IsNumber && other.IsNumber)
        || (Kind == other.Kind && (Kind is not CelKind.List || Element is null || other.Element is null || Element.Fits(other.Element)));

    public override string ToString() => Kind switch
    {
        CelKind.Text => "string",
        CelKind.List => $"list({Element?.ToString() ?? "?"})",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

internal enum CelKind
{
    /// <summary>Only of values: evaluating it failed.</summary>
    Error,
    Bool,
    Int,
    Double,
    Text,
    List,
    Timestamp,
    Duration,
}
