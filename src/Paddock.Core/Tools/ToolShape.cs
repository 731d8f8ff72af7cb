using System.Collections.Immutable;

namespace Paddock.Core.Tools;

/// <summary>Where the facts of one tool's call stand in its arguments, as one agent writes them.</summary>
public sealed record ToolShape(ToolClass Class)
{
    /// <summary>Of a tool that nobody knows.</summary>
    public static readonly ToolShape Unknown = new(ToolClass.Other);

    /// <summary>The member that holds the command line; null = none. A list of texts is an argv.</summary>
    public string? Command { get; init; }

    /// <summary>The member that holds the working directory; null = none.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Members that name files or folders: a text or a list of texts each.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>The member that holds a patch in Codex's format, whose headers name the files; empty = the whole argument text is one.</summary>
    public string? Patch { get; init; }

    /// <summary>Members that name addresses.</summary>
    public ImmutableArray<string> Urls { get; init; } = [];

    /// <summary>Members that say nothing about what is done (a model-written description, a timeout): no part of what is approved.</summary>
    public ImmutableArray<string> Presentation { get; init; } = [];

    /// <summary>Whether calls change something outside the agent's own memory.</summary>
    public bool Mutating { get; init; } = Class is ToolClass.Command or ToolClass.Edit or ToolClass.Mcp or ToolClass.Browser or ToolClass.Other;

    /// <summary>The MCP server and the tool there; null for the agent's own tools.</summary>
    public McpToolName? Mcp { get; init; }
}

/// <summary>A tool of an MCP server, by the server's own words.</summary>
public sealed record McpToolName(string Server, string Tool);
