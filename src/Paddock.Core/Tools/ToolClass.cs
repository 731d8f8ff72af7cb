namespace Paddock.Core.Tools;

/// <summary>What kind of thing a tool does, the same for every agent. The name in lower case is what policies write.</summary>
public enum ToolClass
{
    /// <summary>Nobody knows the tool: it may do anything.</summary>
    Other,
    /// <summary>Runs a command line.</summary>
    Command,
    /// <summary>Creates, changes or deletes files.</summary>
    Edit,
    /// <summary>Reads or searches files, or asks the person; changes nothing.</summary>
    Read,
    /// <summary>A tool of an MCP server.</summary>
    Mcp,
    /// <summary>Fetches or drives web pages.</summary>
    Browser,
    /// <summary>Changes the agent's own mode.</summary>
    Mode,
    /// <summary>Starts another agent on a part of the work.</summary>
    Subtask,
}
