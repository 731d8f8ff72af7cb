using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cline;

/// <summary>Cline's tools: those of the CLI (seen with 3.0.65) and of the extension.</summary>
internal static class ClineTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["run_commands"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "commands", CommandForm = CommandForm.Lines, HasOwnShell = true },
        ["execute_command"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command", Presentation = ["requires_approval", "timeout"], Needs = [new("requires_approval", "false")] },
        ["editor"] = new(ToolClass.Edit) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["write_to_file"] = new(ToolClass.Edit) { Paths = ["path", "absolutePath"], Refusal = RefusalStyle.Misfit },
        ["replace_in_file"] = new(ToolClass.Edit) { Paths = ["path", "absolutePath"], Refusal = RefusalStyle.Misfit },
        ["apply_patch"] = new(ToolClass.Edit) { Patch = "input", Refusal = RefusalStyle.Misfit },
        ["read_files"] = new(ToolClass.Read) { Paths = ["files"], Refusal = RefusalStyle.Misfit },
        ["read_file"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["list_files"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["list_code_definition_names"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["search_files"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["search_codebase"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["fetch_web_content"] = new(ToolClass.Browser) { Urls = ["requests"], Mutating = false, Refusal = RefusalStyle.Misfit },
        ["web_fetch"] = new(ToolClass.Browser) { Urls = ["url"], Mutating = false, Refusal = RefusalStyle.Misfit },
        ["web_search"] = new(ToolClass.Browser) { Mutating = false, Refusal = RefusalStyle.Misfit },
        ["browser_action"] = new(ToolClass.Browser) { Urls = ["url"] },
        ["ask_question"] = new(ToolClass.Read) { AsksPerson = true, Refusal = RefusalStyle.Misfit },
        ["ask_followup_question"] = new(ToolClass.Read) { AsksPerson = true },
        ["attempt_completion"] = new(ToolClass.Read) { ClaimsCompletion = true },
        ["submit_and_exit"] = new(ToolClass.Read) { ClaimsCompletion = true },
        ["plan_mode_respond"] = new(ToolClass.Mode),
        ["act_mode_respond"] = new(ToolClass.Mode),
        ["skills"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["use_skill"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["spawn_agent"] = new(ToolClass.Subtask) { Refusal = RefusalStyle.Misfit },
        ["use_subagents"] = new(ToolClass.Subtask) { Refusal = RefusalStyle.Misfit },
        ["team_spawn_teammate"] = new(ToolClass.Subtask) { Refusal = RefusalStyle.Misfit },
        ["team_run_task"] = new(ToolClass.Subtask) { Refusal = RefusalStyle.Misfit },
        ["new_task"] = new(ToolClass.Subtask) { Refusal = RefusalStyle.Misfit },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
