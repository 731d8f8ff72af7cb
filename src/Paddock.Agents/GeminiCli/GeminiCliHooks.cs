using System.Text.Json;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.GeminiCli;

/// <summary>Gemini CLI's hooks: nearly Claude Code's shape, without a call's id, and with an MCP tool's server beside its name. What they tell was seen with 0.61.0.</summary>
internal sealed class GeminiCliHooks : IAgentHooks
{
    private static readonly HookTypes types = new("session_id",
    [
        new("SessionStart", TaskSignalKind.Started, [TelemetryFact.Word("source", "source")]),
        new("BeforeAgent", TaskSignalKind.Answered, []),
        new("AfterTool", TaskSignalKind.ToolEnded, [TelemetryFact.Word("tool", "tool_name"), TelemetryFact.Word("mcpServer", "mcp_context.server_name")], Result: ResultOf),
        new("Notification", TaskSignalKind.None, [TelemetryFact.Word("kind", "notification_type")], static facts => facts.Text("kind") is "ToolPermission" ? TaskSignalKind.Asked : TaskSignalKind.None),
        new("AfterAgent", TaskSignalKind.Claimed, [TelemetryFact.Flag("again", "stop_hook_active")]),
        new("SessionEnd", TaskSignalKind.None, [TelemetryFact.Word("reason", "reason")]),
    ]);

    public string Agent => "gemini-cli";

    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        var (read, mcp) = (ClaudeCodeHooks.Read(body, "BeforeTool", types), HookBody.Part(body, "mcp_context"));
        return read is HookEvent.Call { Told: var told } && HookBody.Name(mcp, "server_name") is { } server && HookBody.Name(mcp, "tool_name") is { } tool
            ? new HookEvent.Call(told with { Mcp = new(server, tool) })
            : read;
    }

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    public bool Shows(HookTelling told) => told.Type is "hook.SessionStart" or "hook.BeforeAgent";

    public byte[] Show(string line) => HookNotice.Of(line);

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect) => types.SignalOf(one, dialect);

    /// <summary>An exit code stands behind the output when it is not 0.</summary>
    private static ToolResult ResultOf(JsonElement body) =>
        HookBody.Name(body, "tool_name") is { } tool && GeminiCliTools.All.TryGetValue(tool, out var shape) && shape.Class is ToolClass.Command
        && HookBody.Text(HookBody.Part(body, "tool_response"), "llmContent") is { } said && GeminiCliResult.ExitCodeIn(said) is { } code
            ? ToolResult.OfExit(code)
            : HookResult.In(body, "tool_response") ?? ToolResult.Success;
}
