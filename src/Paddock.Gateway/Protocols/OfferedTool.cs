using Paddock.Core.Tools;

namespace Paddock.Gateway.Protocols;

/// <summary>A tool that a request offers to the model.</summary>
/// <param name="Name">As its calls are named in answers; of what the provider runs, the wire's own word without its date.</param>
/// <param name="Element">Where it stands in its list; or the value of the member of the request that it is.</param>
internal sealed record OfferedTool(string Name, ByteRange Element)
{
    /// <summary>The wire's word for the kind of call; null for its usual one.</summary>
    public string? Type { get; init; }

    /// <summary>The list it stands in; not present when it is a member of the request itself.</summary>
    public ByteRange List { get; init; }

    /// <summary>The element of the request's tools that holds its list (a namespace of Responses); not present when none does.</summary>
    public ByteRange Group { get; init; }

    /// <summary>What the provider runs when the model calls it; null when the client runs it.</summary>
    public ToolShape? Runs { get; init; }

    /// <summary>The tools of an MCP server that may be called; null = all it has.</summary>
    public IReadOnlyList<string>? McpTools { get; init; }

    /// <summary>Where the MCP server is; null when that is not said.</summary>
    public string? Host { get; init; }

    /// <summary>How <c>tool_choice</c> names it.</summary>
    public required string Choice { get; init; }

    /// <summary>What means nothing without it: elements of other lists.</summary>
    public IReadOnlyList<(ByteRange List, ByteRange Element)> Besides { get; init; } = [];

    /// <summary>How answers tell that the provider ran it; null when the client runs it.</summary>
    public string? RunAs => Runs is null ? null : Runs.Mcp is { } mcp ? OfServer(mcp.Server) : Name;

    /// <summary>The same for an MCP server.</summary>
    public static string OfServer(string? server) => "mcp:" + server;

    /// <summary>How <c>tool_choice</c> names a tool that has a name of its own.</summary>
    public static string ChoiceOf(string? name) => "tool:" + name;
}
