using System.Collections.Immutable;

namespace Paddock.Core.Policies;

/// <summary>What a rule looks at in a tool of an MCP server.</summary>
public sealed record McpMatch
{
    public ImmutableArray<string> Servers { get; init; } = [];

    /// <summary>The server's own names of its tools, each exact or with <c>*</c>.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>What our catalogue says of the tool; null = the rule does not look.</summary>
    public bool? ReadOnly { get; init; }

    public bool? Destructive { get; init; }
}
