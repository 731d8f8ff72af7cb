using System.Collections.Immutable;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies;

/// <summary>A test that stands in a rule: it holds or the release is refused.</summary>
/// <param name="Matches">Whether the rule must match.</param>
/// <param name="Line">Where it stands.</param>
public sealed record RuleTest(bool Matches, int Line)
{
    /// <summary>A command line; null = the test is about another tool.</summary>
    public string? Command { get; init; }

    public ShellDialect Dialect { get; init; }

    /// <summary>What is known besides, by the names that expressions use.</summary>
    public ImmutableArray<TestFact> Facts { get; init; } = [];
}

/// <summary>A fact as a test states it, before its type is known.</summary>
/// <param name="Texts">One text, or the items of a list.</param>
public sealed record TestFact(string Name, ImmutableArray<string> Texts, bool IsList, int Line)
{
    /// <summary>Written with quotes: a text even where it looks like a number.</summary>
    public bool Quoted { get; init; }
}
