using System.Collections.Immutable;
using Paddock.Core.Policies.Expressions;

namespace Paddock.Core.Policies;

/// <summary>One rule: what it looks at, what it wants, why, and the tests that show it.</summary>
public sealed record PolicyRule
{
    /// <summary>Stable: it stands in decisions and metrics. Unique in its policy.</summary>
    public required string Id { get; init; }

    public required RuleMatch Match { get; init; }

    /// <summary>An expression over facts; null = the match says it all.</summary>
    public string? When { get; init; }

    /// <summary>The same, checked.</summary>
    public Expression? Condition { get; init; }

    public required Effect Effect { get; init; }

    /// <summary>Who is asked; null unless the effect is <see cref="Effect.RequireApproval"/>.</summary>
    public RuleApproval? Approval { get; init; }

    public ImmutableArray<RuleObligation> Obligations { get; init; } = [];

    /// <summary>How much is kept of the calls it matches; null = what is usual.</summary>
    public RuleAudit? Audit { get; init; }

    /// <summary>Why, in words for people; it is part of every refusal.</summary>
    public string? Because { get; init; }

    /// <summary>What to do instead, in words for the agent.</summary>
    public string? Fix { get; init; }

    /// <summary>Whether the tools this rule denies are left out of what is offered to the model.</summary>
    public bool HideTool { get; init; }

    public ImmutableArray<RuleTest> Tests { get; init; } = [];

    /// <summary>Where it stands in its document, such as <c>spec.rules[0]</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>The line it begins on.</summary>
    public int Line { get; init; }

    /// <summary>The line of <see cref="When"/>.</summary>
    public int WhenLine { get; init; }
}
