using System.Collections.Immutable;

namespace Paddock.Core.Modes;

/// <summary>An MCP server that clients are told of. Secrets stand in it as <c>${env:NAME}</c>, which the client fills in.</summary>
public sealed record McpServer
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required McpTransport Transport { get; init; }

    /// <summary>Of <see cref="McpTransport.Stdio"/>: the program.</summary>
    public string? Command { get; init; }

    public ImmutableArray<string> Arguments { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Variables { get; init; } = [];

    /// <summary>Of the others: where it is.</summary>
    public string? Url { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where people read about it.</summary>
    public string? Homepage { get; init; }

    /// <summary>Tools that the client runs without asking its person; policies decide as ever.</summary>
    public ImmutableArray<string> AlwaysAllow { get; init; } = [];

    public ImmutableArray<string> DisabledTools { get; init; } = [];

    /// <summary>Seconds that a call may take; null = as the client does.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Whether the marketplace shows it, also to whoever is not signed in.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>How an MCP server is reached. The name in lower case, with hyphens, is what documents and <c>mcp.json</c> write.</summary>
public enum McpTransport
{
    Stdio,
    Sse,
    StreamableHttp,
}
