using System.Collections.Immutable;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tools;

/// <summary>Where the facts of one tool's call stand in its arguments, as one agent writes them, and how a call of it can be made harmless.</summary>
public sealed record ToolShape(ToolClass Class)
{
    /// <summary>Of a tool that nobody knows.</summary>
    public static readonly ToolShape Unknown = new(ToolClass.Other);

    /// <summary>The member that holds what a shell runs; null = none.</summary>
    public string? Command { get; init; }

    public CommandForm CommandForm { get; init; }

    public ShellDialect Shell { get; init; } = ShellDialect.Posix;

    /// <summary>The line is run by whatever shell the agent's machine has, so that on Windows it may be another than <see cref="Shell"/>.</summary>
    public bool HasMachinesShell { get; init; }

    /// <summary>Members that hold the working directory, by the names of different versions.</summary>
    public ImmutableArray<string> WorkingDirectory { get; init; } = [];

    /// <summary>Members that name files or folders: a text, a list of texts, or a list of objects with a <c>path</c>.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>The member that holds a patch in Codex's format, whose headers name the files; empty = the whole argument text is one; null = none.</summary>
    public string? Patch { get; init; }

    /// <summary>Members that name addresses: a text, a list of texts, or a list of objects with a <c>url</c>.</summary>
    public ImmutableArray<string> Urls { get; init; } = [];

    /// <summary>Members that say nothing about what is done (a model-written description, a timeout): no part of what is approved.</summary>
    public ImmutableArray<string> Presentation { get; init; } = [];

    /// <summary>Whether calls change something outside the agent's own memory.</summary>
    public bool Mutating { get; init; } = Class is ToolClass.Command or ToolClass.Edit or ToolClass.Mcp or ToolClass.Browser or ToolClass.Other;

    /// <summary>Whether calls start another agent on a part of the work.</summary>
    public bool StartsSubtask { get; init; } = Class is ToolClass.Subtask;

    /// <summary>Calling it says that the task is done.</summary>
    public bool ClaimsCompletion { get; init; }

    /// <summary>It asks the person, and has no result until they answer.</summary>
    public bool AsksPerson { get; init; }

    /// <summary>The MCP server and the tool there; null for the agent's own tools.</summary>
    public McpToolName? Mcp { get; init; }

    public RefusalStyle Refusal { get; init; } = Class is ToolClass.Command ? RefusalStyle.Echo : RefusalStyle.Text;

    /// <summary>Further members that a harmless call needs, as the agent's own schema asks for them: names and JSON values.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Needs { get; init; } = [];

    /// <summary>Each call has a <c>sh -c</c> of its own, so that a harmless call may end it with a failing exit.</summary>
    public bool HasOwnShell { get; init; }
}

/// <summary>How a tool takes what a shell runs.</summary>
public enum CommandForm
{
    /// <summary>A command line.</summary>
    Line,
    /// <summary>A list of command lines.</summary>
    Lines,
    /// <summary>One command as a list of words, run without a shell.</summary>
    Words,
    /// <summary>JavaScript that may run commands through <c>tools.exec_command</c> (Codex's <c>exec</c>).</summary>
    Script,
}

/// <summary>How a refused call is made harmless without taking it away.</summary>
public enum RefusalStyle
{
    /// <summary>It cannot be; a text takes its place.</summary>
    Text,
    /// <summary>A command that prints the refusal and does nothing else.</summary>
    Echo,
    /// <summary>Arguments that the tool's own schema refuses, seen with the real agent; the refusal stands in them.</summary>
    Misfit,
}

/// <summary>A tool of an MCP server, by the server's own words.</summary>
public sealed record McpToolName(string Server, string Tool)
{
    /// <summary>In the place of a tool's name: any of the server's tools, of a server that the provider asks by itself.</summary>
    public const string Any = "*";
}
