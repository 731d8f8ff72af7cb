using System.Text;
using System.Text.Json;
using Paddock.Agents.ClaudeCode;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Codex;

/// <summary>
/// Codex' hooks, in Claude Code's shape. Seen with 0.169.0: whatever tool runs a command is <c>Bash</c> with the command alone, the
/// session is the <c>session-id</c> of its model calls, the call's id is the model's. A patch comes as the text of a command. How a command
/// ended is not told: its answer is the output, without the exit code.
/// </summary>
internal sealed class CodexHooks : IAgentHooks
{
    private const string Patch = "apply_patch";

    private static readonly TelemetryFact turn = TelemetryFact.Word("turn", "turn_id");

    private static readonly HookTypes types = new("session_id",
    [
        new("SessionStart", TaskSignalKind.Started, [TelemetryFact.Word("source", "source"), TelemetryFact.Model("model")]),
        new("UserPromptSubmit", TaskSignalKind.Answered, [turn]),
        new("PermissionRequest", TaskSignalKind.Asked, [turn]),
        new("PostToolUse", TaskSignalKind.ToolEnded, [TelemetryFact.Word("tool", "tool_name"), TelemetryFact.Word("toolCall", "tool_use_id"), turn], Result: static body => HookResult.In(body, "tool_response") ?? HookResult.Unknown),
        new("Stop", TaskSignalKind.Claimed, [turn, TelemetryFact.Flag("again", "stop_hook_active")]),
        new("PreCompact", TaskSignalKind.None, [turn, TelemetryFact.Word("trigger", "trigger")]),
        new("SessionEnd", TaskSignalKind.None, [TelemetryFact.Word("reason", "reason")]),
    ]);

    public string Agent => "codex";

    public byte[] Neutral { get; } = "{}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        var read = ClaudeCodeHooks.Read(body, "PreToolUse", types);
        return read is HookEvent.Call { Told: { Tool: Patch } told } && HookBody.Text(HookBody.Part(body, "tool_input"), "command") is { } patch
            ? new HookEvent.Call(told with { Arguments = Encoding.UTF8.GetBytes(patch), IsFree = true })
            : read;
    }

    public byte[] Refuse(HookEvent.Call? call, string said) => HookDenial.Of(Agent, said)!; // it is one of its agents

    public bool Shows(HookTelling told) => told.Type is "hook.SessionStart" or "hook.UserPromptSubmit";

    public byte[] Show(string line) => HookNotice.Of(line);

    /// <summary>Its hooks call by one name every tool that runs a command.</summary>
    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        var signal = types.SignalOf(one, dialect);
        return signal.Tool is "Bash" ? signal with { Class = Core.Tools.ToolClass.Command } : signal;
    }
}
