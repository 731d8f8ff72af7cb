using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.Codex;

/// <summary>Codex' tools: functions, its free-text <c>apply_patch</c>, its JavaScript <c>exec</c>, and the items that are tools of their own.</summary>
internal static class CodexTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["exec_command"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "cmd", WorkingDirectory = ["workdir"], Presentation = ["justification", "max_output_tokens", "yield_time_ms", "prefix_rule"], HasOwnShell = true },
        ["shell_command"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command", WorkingDirectory = ["workdir"], Presentation = ["justification", "timeout_ms", "prefix_rule"], HasOwnShell = true },
        ["shell"] = new(ToolClass.Command) { Command = "command", CommandForm = CommandForm.Words, WorkingDirectory = ["workdir"], Presentation = ["justification", "timeout_ms", "prefix_rule"] },
        ["container.exec"] = new(ToolClass.Command) { Command = "cmd", CommandForm = CommandForm.Words, WorkingDirectory = ["workdir"] },
        ["local_shell_call"] = new(ToolClass.Command) { Command = "command", CommandForm = CommandForm.Words, WorkingDirectory = ["working_directory"], Presentation = ["timeout_ms"], Needs = [new("type", "\"exec\""), new("env", "{}")] },
        ["shell_call"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "commands", CommandForm = CommandForm.Lines, Presentation = ["timeout_ms", "max_output_length"] },
        ["write_stdin"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "chars", Refusal = RefusalStyle.Misfit },
        ["exec"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "", CommandForm = CommandForm.Script },
        ["apply_patch"] = new(ToolClass.Edit) { Patch = "input", Refusal = RefusalStyle.Misfit },
        ["apply_patch_call"] = new(ToolClass.Edit) { Paths = ["path"] },
        ["view_image"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["request_user_input"] = new(ToolClass.Read) { AsksPerson = true, Refusal = RefusalStyle.Misfit },
        ["update_plan"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["get_goal"] = new(ToolClass.Read),
        ["create_goal"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["update_goal"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["list_mcp_resources"] = new(ToolClass.Read),
        ["list_mcp_resource_templates"] = new(ToolClass.Read),
        ["read_mcp_resource"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["wait"] = new(ToolClass.Read),
        ["multi_agent_v1.spawn_agent"] = new(ToolClass.Subtask),
        ["multi_agent_v1.send_input"] = new(ToolClass.Subtask) { StartsSubtask = false },
        ["multi_agent_v1.resume_agent"] = new(ToolClass.Subtask) { StartsSubtask = false },
        ["multi_agent_v1.wait_agent"] = new(ToolClass.Read),
        ["multi_agent_v1.close_agent"] = new(ToolClass.Subtask) { Mutating = false, StartsSubtask = false },
        ["spawn_agent"] = new(ToolClass.Subtask),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
