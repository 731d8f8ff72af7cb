using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.Continue;

/// <summary>Continue's tools.</summary>
internal static class ContinueTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["run_terminal_command"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command" },
        ["Bash"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command" },
        ["create_new_file"] = new(ToolClass.Edit) { Paths = ["filepath"] },
        ["edit_existing_file"] = new(ToolClass.Edit) { Paths = ["filepath"] },
        ["single_find_and_replace"] = new(ToolClass.Edit) { Paths = ["filepath"] },
        ["multi_edit"] = new(ToolClass.Edit) { Paths = ["filepath"] },
        ["read_file"] = new(ToolClass.Read) { Paths = ["filepath"] },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
