using System.Collections.Frozen;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Agents.Copilot;

/// <summary>GitHub Copilot CLI's tools.</summary>
internal static class CopilotTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["bash"] = new(ToolClass.Command) { Command = "command", Presentation = ["description", "mode", "initial_wait"], Needs = [new("description", "\"Refused by policy\"")] },
        ["powershell"] = new(ToolClass.Command) { Shell = ShellDialect.PowerShell, Command = "command", Presentation = ["description"], Needs = [new("description", "\"Refused by policy\"")] },
        ["write_bash"] = new(ToolClass.Command) { Command = "input", Refusal = RefusalStyle.Text },
        ["create"] = new(ToolClass.Edit) { Paths = ["path"] },
        ["edit"] = new(ToolClass.Edit) { Paths = ["path"] },
        ["view"] = new(ToolClass.Read) { Paths = ["path"] },
        ["grep"] = new(ToolClass.Read) { Paths = ["paths"] },
        ["glob"] = new(ToolClass.Read) { Paths = ["paths"] },
        ["task"] = new(ToolClass.Subtask),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
