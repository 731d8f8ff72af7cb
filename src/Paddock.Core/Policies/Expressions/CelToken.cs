namespace Paddock.Core.Policies.Expressions;

internal enum CelTokenKind
{
    End,
    Name,
    Int,
    Double,
    Text,
    /// <summary>An operator or bracket: its text tells which.</summary>
    Mark,
}

/// <param name="Text">Of a text literal: its decoded content.</param>
/// <param name="At">Offset of its first character.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, int At, int End);
