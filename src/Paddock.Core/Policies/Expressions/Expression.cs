using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Policies.Expressions;

/// <summary>What came out of an expression.</summary>
public enum Truth
{
    False,
    True,
    /// <summary>It could not be evaluated: the rule takes its fail-closed side.</summary>
    Error,
}

/// <summary>A checked condition over facts, in a subset of CEL (github.com/google/cel-spec). Immutable; evaluating allocates nothing.</summary>
public sealed class Expression
{
    private readonly CelNode root;
    private readonly ImmutableArray<(CelNode Node, string Text)> conjuncts;

    internal Expression(CelNode root, IEnumerable<(CelNode Node, string Text)> conjuncts, IEnumerable<Fact> uses)
    {
        this.root = root;
        this.conjuncts = [.. conjuncts];
        Uses = FactMask.Of([.. uses]);
    }

    /// <summary>The facts it names.</summary>
    public FactMask Uses { get; }

    public Truth Evaluate(FactValues facts) => facts.Untold.HasAny(Uses) ? Truth.Error : Evaluate(root, facts);

    /// <summary>Each operand that must be true, with what it is, in the order they stand.</summary>
    public ImmutableArray<ExplainedOperand> Explain(FactValues facts) => [.. conjuncts.Select(operand => new ExplainedOperand(operand.Text, Evaluate(operand.Node, facts)))];

    private static Truth Evaluate(CelNode node, FactValues facts)
    {
        var frame = CelFrame.OfThread;
        frame.Begin(facts);
        var value = node.Evaluate(frame);
        return value.IsError ? Truth.Error : value.IsTrue ? Truth.True : Truth.False;
    }
}

/// <summary>One operand of an expression's outermost <c>&amp;&amp;</c>, as it is written, and what it is.</summary>
public sealed record ExplainedOperand(string Text, Truth Truth);
