namespace Paddock.Core.Policies.Expressions;

/// <summary>Leaves the reading of an expression at its first fault; never leaves the compiler.</summary>
internal sealed class ExpressionException(int at, int end, string message, string? suggestion = null) : Exception(message)
{
    public int At => at;

    public int End => end;

    public string? Suggestion => suggestion;
}
