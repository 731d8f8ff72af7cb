using System.Text.Json;
using Paddock.Agents.Hooks;
using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.OpenCode;

/// <summary>What Paddock's plugin for opencode and Kilo's CLI asks before a tool runs; the plugin throws what is refused. What it tells it picks out of opencode's own events.</summary>
internal class OpenCodeHooks : IAgentHooks
{
    private static readonly HookTypes types = new(
        "sessionID",
        [
            new("chat.message", TaskSignalKind.Answered, [TelemetryFact.Model("model")]),
            new("tool.execute.after", TaskSignalKind.ToolEnded, [TelemetryFact.Word("tool", "tool"), TelemetryFact.Word("toolCall", "callID"), TelemetryFact.Count("durationMs", "durationMs")], Result: ResultOf),
            new("permission.asked", TaskSignalKind.Asked, []),
            new("session.idle", TaskSignalKind.Claimed, []),
            new("session.error", TaskSignalKind.TurnFailed, [TelemetryFact.Word("errorType", "error")], static facts => facts.Text("errorType") is "MessageAbortedError" ? TaskSignalKind.Cancelled : TaskSignalKind.TurnFailed),
        ],
        parent: "parentID");

    public virtual string Agent => "opencode";

    public byte[] Neutral { get; } = "{\"decision\":\"allow\"}"u8.ToArray();

    public HookEvent Read(JsonElement body) =>
        HookBody.Name(body, "event") is { } told ? types.Read(body, told)
        : HookBody.Name(body, "tool") is { } tool && HookBody.Arguments(body, "args") is { } arguments
            ? new HookEvent.Call(new()
            {
                Tool = tool,
                CallId = HookBody.Name(body, "callID"),
                Arguments = arguments,
                Session = HookBody.Name(body, "sessionID"),
                Folder = HookBody.Text(body, "directory"),
            })
            : new HookEvent.Malformed("It does not name its tool and the tool's args");

    public byte[] Refuse(HookEvent.Call? call, string said)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("decision"u8, "deny"u8);
            json.WriteString("reason"u8, said);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect) => HookTypes.IsTold(one) ? types.SignalOf(one, dialect) : TaskSignal.None;

    private static ToolResult ResultOf(JsonElement body) => HookBody.Name(body, "status") switch
    {
        "completed" => HookResult.Whole(body, "exit") is { } code ? ToolResult.OfExit(code) : ToolResult.Success,
        "error" => ToolResult.Failure,
        "denied" => ToolResult.Denied,
        _ => HookResult.Unknown,
    };
}
