using System.Collections.Immutable;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Policies.Authoring;

/// <summary>Why one call is judged as it is.</summary>
/// <param name="Verdict">What <see cref="PolicySet.Judge"/> says.</param>
/// <param name="Rules">Every rule: the deciding one, the others that match, then the nearest misses first.</param>
/// <param name="LeftToDefaults">What no enforced rule spoke of, so that the release's defaults decide: commands, paths, or what cannot be seen.</param>
public sealed record PolicyExplanation(PolicyVerdict Verdict, ImmutableArray<RuleExplanation> Rules, ImmutableArray<string> LeftToDefaults);

/// <summary>What one rule says of the call, and why.</summary>
/// <param name="Rule">Where one binding puts it.</param>
/// <param name="Stage">Where it stopped matching.</param>
public sealed record RuleExplanation(BoundRule Rule, MatchStage Stage)
{
    /// <summary>What the rule asks for at that stage, and what the call has; null where the stage says it all.</summary>
    public string? Wants { get; init; }

    public string? Has { get; init; }

    /// <summary>The operands of <c>when</c>, where it was looked at.</summary>
    public ImmutableArray<OperandExplanation> Operands { get; init; } = [];

    /// <summary>The pieces of the call that a matching rule speaks of; empty = all of it.</summary>
    public ImmutableArray<string> SpeaksOf { get; init; } = [];

    /// <summary>It matches, and an allow of a narrower scope wins over it.</summary>
    public bool Overridden { get; init; }
}

/// <summary>One operand of the outermost <c>&amp;&amp;</c>: all must be true.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Facts">The facts it names and what they are, each <c>name = value</c>.</param>
public sealed record OperandExplanation(string Text, Truth Truth, ImmutableArray<string> Facts);
