using System.Collections.Immutable;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies;

/// <summary>What a rule looks at without an expression. Every list means "any of"; an empty one means that the rule does not look there.</summary>
public sealed record RuleMatch
{
    public static readonly RuleMatch Everything = new();

    public ImmutableArray<string> Modes { get; init; } = [];

    /// <summary>Tools by the agent's own names, each exact or with <c>*</c>.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    public ImmutableArray<ToolClass> Classes { get; init; } = [];

    /// <summary>Beginnings of commands. Each is a list of words, each word a list of alternatives.</summary>
    public ImmutableArray<ImmutableArray<ImmutableArray<string>>> Commands { get; init; } = [];

    /// <summary>Patterns of paths of which one must match.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Patterns of paths that do not count.</summary>
    public ImmutableArray<string> NotPaths { get; init; } = [];

    public McpMatch? Mcp { get; init; }

    public ImmutableArray<string> Providers { get; init; } = [];

    public ImmutableArray<string> Models { get; init; } = [];

    public ImmutableArray<string> Agents { get; init; } = [];

    /// <summary>People and service accounts, by name or id.</summary>
    public ImmutableArray<string> Principals { get; init; } = [];

    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>Patterns of repositories, as for paths.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];
}
