using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.RooCode;

/// <summary>Roo Code's and Zoo Code's tools (extension 3.52.1). A missing parameter ends in an error the model reads.</summary>
internal static class RooCodeTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["execute_command"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command", WorkingDirectory = ["cwd"], Presentation = ["timeout"], Needs = [new("cwd", "null"), new("timeout", "null")] },
        ["read_command_output"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["read_file"] = new(ToolClass.Read) { Paths = ["path", "files"], Refusal = RefusalStyle.Misfit },
        ["write_to_file"] = new(ToolClass.Edit) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["write_file"] = new(ToolClass.Edit) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["apply_diff"] = new(ToolClass.Edit) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["edit"] = new(ToolClass.Edit) { Paths = ["file_path", "path"], Refusal = RefusalStyle.Misfit },
        ["search_and_replace"] = new(ToolClass.Edit) { Paths = ["file_path", "path"], Refusal = RefusalStyle.Misfit },
        ["search_replace"] = new(ToolClass.Edit) { Paths = ["file_path", "path"], Refusal = RefusalStyle.Misfit },
        ["edit_file"] = new(ToolClass.Edit) { Paths = ["file_path", "path"], Refusal = RefusalStyle.Misfit },
        ["apply_patch"] = new(ToolClass.Edit) { Patch = "patch", Refusal = RefusalStyle.Misfit },
        ["generate_image"] = new(ToolClass.Edit) { Paths = ["path", "image"], Refusal = RefusalStyle.Misfit },
        ["list_files"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["search_files"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["codebase_search"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["ask_followup_question"] = new(ToolClass.Read) { AsksPerson = true, Refusal = RefusalStyle.Misfit },
        ["attempt_completion"] = new(ToolClass.Read) { ClaimsCompletion = true, Refusal = RefusalStyle.Misfit },
        ["update_todo_list"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["switch_mode"] = new(ToolClass.Mode) { Presentation = ["reason"], Refusal = RefusalStyle.Misfit },
        ["new_task"] = new(ToolClass.Subtask) { Refusal = RefusalStyle.Misfit },
        ["skill"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["run_slash_command"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["access_mcp_resource"] = new(ToolClass.Mcp) { Mutating = false, Refusal = RefusalStyle.Misfit },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
