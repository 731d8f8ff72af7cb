using System.Text;
using System.Text.Json;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cursor;

/// <summary>
/// Cursor's hooks as documented. Before something runs: one event for any tool, and older ones for commands, MCP tools and files. After it: the
/// events for any tool alone, because older ones say the same again, and say no call.
/// </summary>
internal sealed class CursorHooks : IAgentHooks
{
    private static readonly TelemetryFact tool = TelemetryFact.Word("tool", "tool_name"), call = TelemetryFact.Word("toolCall", "tool_use_id"), duration = TelemetryFact.Count("durationMs", "duration");

    private static readonly HookTypes types = new("conversation_id",
    [
        new("sessionStart", TaskSignalKind.Started, [TelemetryFact.Model("model")]),
        new("postToolUse", TaskSignalKind.ToolEnded, [tool, call, duration], Result: static body => HookResult.In(body, "tool_output") ?? ToolResult.Success), // only of those that did not fail
        new("postToolUseFailure", TaskSignalKind.ToolEnded, [tool, call, duration], Result: static body => HookBody.Name(body, "failure_type") switch
        {
            "timeout" => ToolResult.Timeout,
            "permission_denied" => ToolResult.Denied,
            _ when HookResult.Flag(body, "is_interrupt") is true => HookResult.Unknown,
            _ => ToolResult.Failure,
        }),
        new("stop", TaskSignalKind.None, [TelemetryFact.Word("status", "status"), TelemetryFact.Count("loops", "loop_count"), TelemetryFact.Word("turn", "generation_id")], static facts => facts.Text("status") switch
        {
            "completed" => TaskSignalKind.Claimed,
            "aborted" => TaskSignalKind.Cancelled,
            "error" => TaskSignalKind.TurnFailed,
            _ => TaskSignalKind.None,
        }),
        new("sessionEnd", TaskSignalKind.None, [TelemetryFact.Word("reason", "reason")]),
    ]);

    public string Agent => "cursor";

    /// <summary>The word does not skip Cursor's own prompt.</summary>
    public byte[] Neutral { get; } = "{\"permission\":\"allow\"}"u8.ToArray();

    public HookEvent Read(JsonElement body) => HookBody.Name(body, "hook_event_name") switch
    {
        "beforeShellExecution" when HookBody.Text(body, "command") is { } command => Told(body, "Shell", Member("command", command)),
        "beforeReadFile" when HookBody.Text(body, "file_path") is { } path => Told(body, "Read", Member("path", path)),
        "beforeMCPExecution" when HookBody.Name(body, "tool_name") is { } tool && HookBody.Arguments(body, "tool_input") is { } arguments =>
            WithMcp(body, tool, Told(body, tool, arguments)),
        "beforeShellExecution" or "beforeReadFile" or "beforeMCPExecution" => new HookEvent.Malformed("It does not say what is run"),
        _ => WithSession(body, ClaudeCodeHooks.Read(body, "preToolUse", types, HookBody.Name(body, "cursor_version"))),
    };

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect) => types.SignalOf(one, dialect);

    private static HookEvent WithSession(JsonElement body, HookEvent read) =>
        read is HookEvent.Call { Told: var told } ? new HookEvent.Call(told with { Session = HookBody.Name(body, "conversation_id"), Version = HookBody.Name(body, "cursor_version") }) : read;

    /// <summary>The server has no name here, only the way it is reached.</summary>
    private static HookEvent.Call WithMcp(JsonElement body, string tool, HookEvent.Call call) =>
        new(call.Told with { Mcp = new(HookBody.Name(body, "url") ?? HookBody.Name(body, "command") ?? "unknown", tool) });

    private static HookEvent.Call Told(JsonElement body, string tool, byte[] arguments) => new(new()
    {
        Tool = tool,
        CallId = HookBody.Name(body, "tool_use_id"),
        Arguments = arguments,
        Session = HookBody.Name(body, "conversation_id"),
        Version = HookBody.Name(body, "cursor_version"),
        Folder = HookBody.Text(body, "cwd"),
        Model = HookBody.Name(body, "model"),
    });

    private static byte[] Member(string name, string text) => Encoding.UTF8.GetBytes($"{{\"{name}\":\"{JsonEncodedText.Encode(text)}\"}}");
}
