using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.ClaudeCode;

/// <summary>Claude Code's hooks, as programs or of the type <c>http</c>. Others copied their shape. What they tell was seen with 2.1.197.</summary>
internal sealed class ClaudeCodeHooks : IAgentHooks
{
    private static readonly TelemetryFact tool = TelemetryFact.Word("tool", "tool_name"), call = TelemetryFact.Word("toolCall", "tool_use_id"), duration = TelemetryFact.Count("durationMs", "duration_ms");

    private static readonly TelemetryFact prompt = TelemetryFact.Word("promptId", "prompt_id"), subagent = TelemetryFact.Word("subagent", "agent_type");

    private static readonly HookTypes types = new("session_id",
    [
        new("SessionStart", TaskSignalKind.Started, [TelemetryFact.Word("source", "source"), TelemetryFact.Model("model")]),
        new("UserPromptSubmit", TaskSignalKind.Answered, [prompt]),
        new("PostToolUse", TaskSignalKind.ToolEnded, [tool, call, duration, subagent], Result: ResultOf),
        new("PostToolUseFailure", TaskSignalKind.ToolEnded, [tool, call, duration, subagent], Result: FailureOf),
        new("Notification", TaskSignalKind.None, [TelemetryFact.Word("kind", "notification_type")],
            static facts => facts.Text("kind") is "permission_prompt" or "worker_permission_prompt" or "idle_prompt" or "elicitation_dialog" ? TaskSignalKind.Asked : TaskSignalKind.None),
        new("Stop", TaskSignalKind.Claimed, [prompt, TelemetryFact.Flag("again", "stop_hook_active"), TelemetryFact.Count("background", "background_tasks")],
            static facts => facts.Count("background") > 0 ? TaskSignalKind.None : TaskSignalKind.Claimed), // it goes on when they have ended
        new("StopFailure", TaskSignalKind.TurnFailed, [TelemetryFact.Word("errorType", "error")]),
        new("PreCompact", TaskSignalKind.None, [TelemetryFact.Word("trigger", "trigger")]),
        new("SessionEnd", TaskSignalKind.None, [TelemetryFact.Word("reason", "reason")]),
    ]);

    public string Agent => "claude-code";

    /// <summary>Not <c>allow</c>: that would skip the person's own permission prompt.</summary>
    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body) => Read(body, "PreToolUse", types);

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    public bool Shows(HookTelling told) => told.Type is "hook.SessionStart" or "hook.UserPromptSubmit";

    public byte[] Show(string line) => HookNotice.Of(line);

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect) => types.SignalOf(one, dialect);

    /// <param name="before">Its name for the event before a tool runs.</param>
    /// <param name="told">Other events.</param>
    /// <param name="version">The agent's version.</param>
    public static HookEvent Read(JsonElement body, string before, HookTypes told, string? version = null)
    {
        if (HookBody.Name(body, "hook_event_name") is not { } name)
        {
            return new HookEvent.Malformed("It does not name its event");
        }

        if (name != before)
        {
            return told.Read(body, name, version);
        }

        if (HookBody.Name(body, "tool_name") is not { } tool || HookBody.Arguments(body, "tool_input") is not { } arguments)
        {
            return new HookEvent.Malformed("It does not name its tool and the tool's input");
        }

        return new HookEvent.Call(new()
        {
            Tool = tool,
            CallId = HookBody.Name(body, "tool_use_id"),
            Arguments = arguments,
            Session = HookBody.Name(body, "session_id"),
            Folder = HookBody.Text(body, "cwd"),
            Model = HookBody.Name(body, "model"),
        });
    }

    /// <summary>A command with another exit code than 0 is told as a failure. One that goes on in the background has none yet.</summary>
    private static ToolResult ResultOf(JsonElement body) => HookResult.In(body, "tool_response")
        ?? (IsCommand(body) && HookBody.Value(body, "tool_response.backgroundTaskId") is null ? ToolResult.OfExit(0) : ToolResult.Success);

    /// <summary>The error begins as the tool's answer to the model does: with the exit code, or that nobody allowed it. The rest is its output.</summary>
    private static ToolResult FailureOf(JsonElement body) =>
        HookResult.Flag(body, "is_interrupt") is true ? HookResult.Unknown
        : HookBody.Text(body, "error") is { } error ? ClaudeCodeResult.Of(ShapeOf(body), new(error, true))
        : ToolResult.Failure;

    private static bool IsCommand(JsonElement body) => ShapeOf(body).Class is ToolClass.Command;

    private static ToolShape ShapeOf(JsonElement body) => HookBody.Name(body, "tool_name") is { } tool && ClaudeCodeTools.All.TryGetValue(tool, out var shape) ? shape : ToolShape.Unknown;
}
