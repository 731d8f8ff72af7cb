using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.GeminiCli;

/// <summary>Gemini CLI's tools (seen with 0.61.0), which Qwen Code shares; there, and in older versions, the shell's <c>dir_path</c> is <c>directory</c>.</summary>
internal static class GeminiCliTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["run_shell_command"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command", WorkingDirectory = ["dir_path", "directory"], Presentation = ["description"] },
        ["write_file"] = new(ToolClass.Edit) { Paths = ["file_path"] },
        ["replace"] = new(ToolClass.Edit) { Paths = ["file_path"] },
        ["read_file"] = new(ToolClass.Read) { Paths = ["file_path", "absolute_path"] },
        ["read_many_files"] = new(ToolClass.Read) { Paths = ["paths", "include"] },
        ["list_directory"] = new(ToolClass.Read) { Paths = ["path", "dir_path"] },
        ["grep_search"] = new(ToolClass.Read) { Paths = ["dir_path"] },
        ["glob"] = new(ToolClass.Read) { Paths = ["dir_path"] },
        ["invoke_agent"] = new(ToolClass.Subtask),
        ["web_fetch"] = new(ToolClass.Browser) { Mutating = false },
        ["google_web_search"] = new(ToolClass.Browser) { Mutating = false },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
