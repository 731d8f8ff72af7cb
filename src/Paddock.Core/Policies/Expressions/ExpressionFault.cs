namespace Paddock.Core.Policies.Expressions;

/// <summary>Why an expression was refused.</summary>
/// <param name="Offset">First character at fault, from 0.</param>
/// <param name="Line">From 1, in the expression's own text.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">A sentence for whoever wrote it.</param>
/// <param name="Suggestion">What may have been meant; null when nothing is near.</param>
public sealed record ExpressionFault(int Offset, int Line, int Column, string Message, string? Suggestion);
