using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Copilot;

/// <summary>
/// GitHub Copilot CLI's hooks. Their input names neither event nor call: one command is set up for each event, and which it is shows in
/// what else it has (seen with 1.0.102). What shows none is taken for a broken question, not for another event.
/// </summary>
internal sealed class CopilotHooks : IAgentHooks
{
    private static readonly TelemetryFact tool = TelemetryFact.Word("tool", "toolName"), reason = TelemetryFact.Word("reason", "reason", "stopReason");

    private static readonly HookTypes types = new("sessionId",
    [
        new("sessionStart", TaskSignalKind.Started, [TelemetryFact.Word("source", "source")]),
        new("userPromptSubmitted", TaskSignalKind.Answered, []),
        new("postToolUse", TaskSignalKind.ToolEnded, [tool], Result: ResultOf),
        new("postToolUseFailure", TaskSignalKind.ToolEnded, [tool], Result: static _ => ToolResult.Failure),
        new("agentStop", TaskSignalKind.None, [reason, TelemetryFact.Flag("again", "stop_hook_active")], static facts => facts.Text("reason") is "end_turn" ? TaskSignalKind.Claimed : TaskSignalKind.None),
        new("sessionEnd", TaskSignalKind.None, [reason], static facts => facts.Text("reason") switch
        {
            "error" or "timeout" => TaskSignalKind.TurnFailed,
            "abort" => TaskSignalKind.Cancelled,
            _ => TaskSignalKind.None,
        }),
    ]);

    public string Agent => "copilot";

    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        if (HookBody.Name(body, "hookName") is { } name and not "preToolUse")
        {
            return types.Read(body, name);
        }

        if (ToldIn(body) is { } told)
        {
            return HookBody.Name(body, "agentId") is null ? types.Read(body, told) : HookEvent.Other.Instance; // a sub-agent has a session of its own that nothing joins to this one
        }

        return HookBody.Name(body, "toolName") is { } tool && HookBody.Arguments(body, "toolArgs") is { } arguments
            ? new HookEvent.Call(new() { Tool = tool, Arguments = arguments, Session = HookBody.Name(body, "sessionId"), Folder = HookBody.Text(body, "cwd") })
            : new HookEvent.Malformed("It does not name its tool and the tool's arguments");
    }

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect) => types.SignalOf(one, dialect);

    /// <summary>Which event it is, when it is none before a tool runs.</summary>
    private static string? ToldIn(JsonElement body) => body switch
    {
        _ when body.TryGetProperty("toolResult", out _) => "postToolUse",
        _ when body.TryGetProperty("toolName", out _) => HookBody.Text(body, "error") is null ? null : "postToolUseFailure",
        _ when HookBody.Text(body, "stopReason") is not null => "agentStop",
        _ when HookBody.Text(body, "reason") is not null => "sessionEnd",
        _ when HookBody.Text(body, "source") is not null => "sessionStart",
        _ when HookBody.Text(body, "prompt") is not null => "userPromptSubmitted",
        _ => null,
    };

    /// <summary>A command that ended with another exit code than 0 is a success to it; the code stands in the last line of its answer.</summary>
    private static ToolResult ResultOf(JsonElement body)
    {
        var result = HookBody.Part(body, "toolResult");
        return HookBody.Name(result, "resultType") switch
        {
            "failure" => ToolResult.Failure,
            "rejected" or "denied" => ToolResult.Denied,
            "timeout" => ToolResult.Timeout,
            "success" when IsCommand(body) && HookBody.Text(result, "textResultForLlm") is { } said && CopilotResult.ExitCodeIn(said) is { } code => ToolResult.OfExit(code),
            "success" => ToolResult.Success,
            _ => HookResult.Unknown,
        };
    }

    private static bool IsCommand(JsonElement body) => HookBody.Name(body, "toolName") is { } tool && CopilotTools.All.TryGetValue(tool, out var shape) && shape.Class is ToolClass.Command;
}
