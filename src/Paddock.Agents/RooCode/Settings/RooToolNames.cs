using System.Collections.Frozen;

namespace Paddock.Agents.RooCode.Settings;

/// <summary>The tools that settings of Roo Code may name (extension 3.52.1). One other name and the client takes none of them.</summary>
internal static class RooToolNames
{
    public static FrozenSet<string> All { get; } = new[]
    {
        "execute_command", "read_command_output", "read_file", "write_to_file", "apply_diff", "edit", "search_and_replace", "search_replace", "edit_file", "apply_patch", "search_files", "list_files",
        "codebase_search", "use_mcp_tool", "access_mcp_resource", "ask_followup_question", "attempt_completion", "switch_mode", "new_task", "update_todo_list", "run_slash_command", "skill", "generate_image", "custom_tool",
    }.ToFrozenSet(StringComparer.Ordinal);
}
