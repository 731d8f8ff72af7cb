using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.OpenCode;

/// <summary>opencode's tools, which Kilo's CLI shares. Seen with opencode 1.18.33 and Kilo 7.7.7: arguments that do not fit end in an error the model reads.</summary>
internal static class OpenCodeTools
{
    /// <summary>An MCP tool is <c>server_tool</c>. Of a server with an underscore in its name the first part is taken for the name.</summary>
    public static McpToolName? McpOf(string name) =>
        name.IndexOf('_', StringComparison.Ordinal) is > 0 and var at && at < name.Length - 1 ? new(name[..at], name[(at + 1)..]) : null;

    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["bash"] = new(ToolClass.Command) { HasMachinesShell = true, Command = "command", WorkingDirectory = ["workdir"], Presentation = ["description", "timeout"], Needs = [new("description", "\"Refused by policy\"")], HasOwnShell = true },
        ["edit"] = new(ToolClass.Edit) { Paths = ["filePath"], Refusal = RefusalStyle.Misfit },
        ["multiedit"] = new(ToolClass.Edit) { Paths = ["filePath"], Refusal = RefusalStyle.Misfit },
        ["write"] = new(ToolClass.Edit) { Paths = ["filePath"], Refusal = RefusalStyle.Misfit },
        ["patch"] = new(ToolClass.Edit) { Patch = "patchText", Refusal = RefusalStyle.Misfit },
        ["apply_patch"] = new(ToolClass.Edit) { Patch = "patchText", Refusal = RefusalStyle.Misfit },
        ["read"] = new(ToolClass.Read) { Paths = ["filePath"], Refusal = RefusalStyle.Misfit },
        ["glob"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["grep"] = new(ToolClass.Read) { Paths = ["path"], Refusal = RefusalStyle.Misfit },
        ["list"] = new(ToolClass.Read) { Paths = ["path"] },
        ["lsp"] = new(ToolClass.Read) { Paths = ["filePath"] },
        ["codesearch"] = new(ToolClass.Browser) { Mutating = false, Refusal = RefusalStyle.Misfit },
        ["webfetch"] = new(ToolClass.Browser) { Urls = ["url"], Mutating = false, Refusal = RefusalStyle.Misfit },
        ["websearch"] = new(ToolClass.Browser) { Mutating = false, Refusal = RefusalStyle.Misfit },
        ["task"] = new(ToolClass.Subtask) { Presentation = ["description"], Refusal = RefusalStyle.Misfit },
        ["skill"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["question"] = new(ToolClass.Read) { AsksPerson = true },
        ["todowrite"] = new(ToolClass.Read) { Refusal = RefusalStyle.Misfit },
        ["todoread"] = new(ToolClass.Read),
        ["plan_exit"] = new(ToolClass.Mode),
        ["plan_enter"] = new(ToolClass.Mode),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
