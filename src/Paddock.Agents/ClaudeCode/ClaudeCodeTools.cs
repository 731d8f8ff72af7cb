using System.Collections.Frozen;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Agents.ClaudeCode;

/// <summary>Claude Code's tools, seen with 2.1.197: arguments that do not fit end in an InputValidationError the model reads.</summary>
internal static class ClaudeCodeTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["Bash"] = new(ToolClass.Command) { Command = "command", Presentation = ["description", "timeout", "run_in_background"], Needs = [new("description", "\"Refused by policy\"")] },
        ["PowerShell"] = new(ToolClass.Command) { Shell = ShellDialect.PowerShell, Command = "command", Presentation = ["description", "timeout", "run_in_background"] },
        ["Edit"] = new(ToolClass.Edit) { Paths = ["file_path"], Refusal = RefusalStyle.Misfit },
        ["MultiEdit"] = new(ToolClass.Edit) { Paths = ["file_path"], Refusal = RefusalStyle.Misfit },
        ["Write"] = new(ToolClass.Edit) { Paths = ["file_path"], Refusal = RefusalStyle.Misfit },
        ["NotebookEdit"] = new(ToolClass.Edit) { Paths = ["notebook_path"], Refusal = RefusalStyle.Misfit },
        ["Read"] = new(ToolClass.Read) { Paths = ["file_path"], Refusal = RefusalStyle.Misfit },
        ["Glob"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["Grep"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["LS"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["WebFetch"] = new(ToolClass.Browser) { Urls = ["url"], Mutating = false, Refusal = RefusalStyle.Misfit },
        ["WebSearch"] = new(ToolClass.Browser) { Mutating = false, Refusal = RefusalStyle.Misfit },
        ["Task"] = new(ToolClass.Subtask) { Presentation = ["description"], Refusal = RefusalStyle.Misfit },
        ["Agent"] = new(ToolClass.Subtask) { Presentation = ["description"], Refusal = RefusalStyle.Misfit },
        ["SendMessage"] = new(ToolClass.Subtask) { StartsSubtask = false, Refusal = RefusalStyle.Misfit },
        ["EnterPlanMode"] = new(ToolClass.Mode),
        ["ExitPlanMode"] = new(ToolClass.Mode),
        ["AskUserQuestion"] = new(ToolClass.Read) { AsksPerson = true, Refusal = RefusalStyle.Misfit },
        ["TodoWrite"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["TaskCreate"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["TaskUpdate"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["TaskGet"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["TaskList"] = new(ToolClass.Read),
        ["TaskOutput"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["TaskStop"] = new(ToolClass.Read),
        ["BashOutput"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["KillShell"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["Skill"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["SlashCommand"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["ReportFindings"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["ListMcpResourcesTool"] = new(ToolClass.Read),
        ["ReadMcpResourceTool"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
