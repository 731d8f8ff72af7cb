using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cline;

/// <summary>
/// Cline's file hooks: CLI and extension. Cline ends its whole run when a hook cancels a tool, so a refused command is made harmless
/// instead, and the model is told beside its result (seen with 3.0.65). What else is refused ends the run. Its files are called by one name for
/// an event, and what they are given, in the CLI, by another.
/// </summary>
internal sealed class ClineHooks : IAgentHooks
{
    private static readonly HookTypes types = new("taskId",
    [
        new("TaskStart", TaskSignalKind.Started, []),
        new("TaskResume", TaskSignalKind.Answered, []), // its person has it go on
        new("UserPromptSubmit", TaskSignalKind.Answered, []),
        new("PostToolUse", TaskSignalKind.ToolEnded,
            [TelemetryFact.Word("tool", "tool_result.name", "postToolUse.toolName"), TelemetryFact.Word("toolCall", "tool_result.id"), TelemetryFact.Count("durationMs", "tool_result.durationMs", "postToolUse.executionTimeMs")], Result: ResultOf),
        new("TaskComplete", TaskSignalKind.Claimed, []),
        new("TaskCancel", TaskSignalKind.Cancelled, []),
        new("TaskError", TaskSignalKind.TurnFailed, []),
        new("SessionShutdown", TaskSignalKind.None, []),
    ]);

    public string Agent => "cline";

    public byte[] Neutral { get; } = "{\"cancel\":false}"u8.ToArray();

    public HookEvent Read(JsonElement body)
    {
        if (HookBody.Name(body, "hookName") is not { } name)
        {
            return new HookEvent.Malformed("It does not name its event");
        }

        if (name is not ("tool_call" or "PreToolUse"))
        {
            return HookBody.Name(body, "parent_agent_id") is null ? types.Read(body, FileOf(name), HookBody.Name(body, "clineVersion")) : HookEvent.Other.Instance; // a sub-agent has a task of its own that nothing joins to this one
        }

        var (call, before) = (HookBody.Part(body, "tool_call"), HookBody.Part(body, "preToolUse"));
        var isCli = call.ValueKind is JsonValueKind.Object;
        var tool = isCli ? HookBody.Name(call, "name") : HookBody.Name(before, "toolName");
        var arguments = isCli ? HookBody.Arguments(call, "input") : HookBody.Arguments(before, "parameters");
        return tool is not null && arguments is not null
            ? new HookEvent.Call(new()
            {
                Tool = tool,
                CallId = HookBody.Name(call, "id"),
                Arguments = arguments,
                Session = HookBody.Name(body, "taskId"),
                Version = HookBody.Name(body, "clineVersion"),
                Folder = FirstRoot(body),
            })
            : new HookEvent.Malformed("It does not name its tool and the tool's input");
    }

    public byte[] Refuse(HookEvent.Call? call, string said) =>
        call is { Told: { IsFree: false } told } && ClineTools.All.GetValueOrDefault(told.Tool) is { Class: ToolClass.Command } shape && HarmlessCall.Arguments(shape, said, isFree: false) is { } harmless
            ? Overridden(harmless, said)
            : HookDenial.Of(Agent, said)!; // it is one of its agents

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect) => types.SignalOf(one, dialect);

    /// <summary>The name of the file that is run for what the CLI calls so.</summary>
    private static string FileOf(string name) => name switch
    {
        "agent_start" => "TaskStart",
        "agent_resume" => "TaskResume",
        "agent_abort" => "TaskCancel",
        "agent_end" => "TaskComplete",
        "agent_error" => "TaskError",
        "tool_result" => "PostToolUse",
        "prompt_submit" => "UserPromptSubmit",
        "session_shutdown" => "SessionShutdown",
        _ => name,
    };

    /// <summary>A tool that ran is a success to it; whether each of its commands or files was one stands beside their output.</summary>
    private static ToolResult ResultOf(JsonElement body)
    {
        var result = HookBody.Part(body, "tool_result");
        if (HookResult.Flag(body, "postToolUse.success") is false)
        {
            return ToolResult.Failure;
        }

        if (result.ValueKind is not JsonValueKind.Object || !result.TryGetProperty("output", out var parts) || parts.ValueKind is not JsonValueKind.Array)
        {
            return HookResult.Flag(body, "postToolUse.success") is true ? ToolResult.Success : HookResult.Unknown;
        }

        var flags = parts.EnumerateArray().Select(static part => HookResult.Flag(part, "success")).ToList();
        return flags.Contains(false) ? ToolResult.Failure
            : flags.Contains(true) && HookBody.Name(result, "name") is { } tool && ClineTools.All.TryGetValue(tool, out var shape) && shape.Class is ToolClass.Command ? ToolResult.OfExit(0)
            : ToolResult.Success;
    }

    private static byte[] Overridden(byte[] arguments, string said)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("cancel"u8, false);
            json.WritePropertyName("overrideInput"u8);
            json.WriteRawValue(arguments);
            json.WriteString("context"u8, said);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string? FirstRoot(JsonElement body) =>
        body.TryGetProperty("workspaceRoots", out var roots) && roots.ValueKind is JsonValueKind.Array && roots.GetArrayLength() > 0 && roots[0].ValueKind is JsonValueKind.String ? roots[0].GetString() : null;
}
