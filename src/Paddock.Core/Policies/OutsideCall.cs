using Paddock.Core.Identity;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies;

/// <summary>A tool call as whoever is about to run it tells it. Of all this only the caller is verified.</summary>
public sealed record OutsideCall
{
    /// <summary>Whose key asks. What it pins wins over <see cref="Task"/>.</summary>
    public required Caller Caller { get; init; }

    public required TaskFacts Task { get; init; }

    /// <summary>By the agent's own name.</summary>
    public required string Tool { get; init; }

    /// <summary>The tool of an MCP server, when it is known to be one; null = told from its name.</summary>
    public McpToolName? Mcp { get; init; }

    /// <summary>The id that the model's provider gave the call; null when whoever asks does not know it.</summary>
    public string? CallId { get; init; }

    /// <summary>UTF-8: one JSON object, or free text; nothing counts as an empty object.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>The arguments are free text.</summary>
    public bool IsFree { get; init; }

    /// <summary>The folder the agent works in, for those who read a request; it decides nothing.</summary>
    public string? WorkingDirectory { get; init; }

    public string? Model { get; init; }

    /// <summary>Whoever asks does what rules want to happen besides, or does not let the call pass; otherwise such a call is refused.</summary>
    public bool TakesObligations { get; init; }

    /// <summary>Waits a while for an approval that is needed; otherwise says at once that one is.</summary>
    public bool Holds { get; init; }
}
