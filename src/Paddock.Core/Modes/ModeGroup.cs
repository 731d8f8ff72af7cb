using Paddock.Core.Tools;

namespace Paddock.Core.Modes;

/// <summary>What a mode may do, in the groups that Roo Code's modes have. The name in lower case is what documents and <c>.roomodes</c> write.</summary>
public enum ModeGroup
{
    Read,
    Edit,
    Command,
    Mcp,
    Browser,
}

/// <summary>The groups' names, and the tools in them.</summary>
public static class ModeGroups
{
    /// <summary>In the order of <see cref="ModeGroup"/>.</summary>
    public static readonly IReadOnlyList<string> Names = ["read", "edit", "command", "mcp", "browser"];

    /// <summary>
    /// Tools by which an agent talks to its person, keeps its list or ends its task. Roo Code offers them in every mode, whatever its groups;
    /// they read nothing.
    /// </summary>
    public static readonly IReadOnlyList<string> AlwaysAllowed = ["ask_followup_question", "attempt_completion", "update_todo_list", "run_slash_command", "skill"];

    public static string NameOf(ModeGroup group) => Names[(int)group];

    /// <summary>The group that a class of tools belongs to; null for those that every mode has. What nobody knows may do whatever a command does.</summary>
    public static ModeGroup? Of(ToolClass tool) => tool switch
    {
        ToolClass.Read => ModeGroup.Read,
        ToolClass.Edit => ModeGroup.Edit,
        ToolClass.Command or ToolClass.Other => ModeGroup.Command,
        ToolClass.Mcp => ModeGroup.Mcp,
        ToolClass.Browser => ModeGroup.Browser,
        _ => null,
    };
}
