using System.Collections.Immutable;

namespace Paddock.Core.Policies.Expressions;

/// <summary>What became of an expression's text.</summary>
public abstract record ExpressionOutcome
{
    private ExpressionOutcome()
    {
    }

    public sealed record Compiled(Expression Expression) : ExpressionOutcome;

    /// <param name="Faults">At least one.</param>
    public sealed record Rejected(ImmutableArray<ExpressionFault> Faults) : ExpressionOutcome;
}

/// <summary>Reads and checks expressions: unknown names, types, cost. What cannot be judged at load is refused at load.</summary>
public static class ExpressionCompiler
{
    /// <summary>Never throws.</summary>
    public static ExpressionOutcome Compile(string text)
    {
        if (text.Length > CelLimits.Length)
        {
            return Rejected(text, 0, $"An expression has at most {CelLimits.Length} characters.", null);
        }

        try
        {
            var parser = new CelParser(text);
            var root = parser.Parse();
            return root.Cost > CelLimits.Cost
                ? Rejected(text, 0, $"This may take {root.Cost} steps where {CelLimits.Cost} are the most; look through fewer lists in one another.", null)
                : new ExpressionOutcome.Compiled(new(root, parser.Conjuncts.Select(operand => (operand.Node, text[operand.At..operand.End].Trim())), parser.Uses));
        }
        catch (ExpressionException fault)
        {
            return Rejected(text, fault.At, fault.Message, fault.Suggestion);
        }
    }

    private static ExpressionOutcome.Rejected Rejected(string text, int at, string message, string? suggestion)
    {
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        return new([new(at, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), message, suggestion)]);
    }
}
