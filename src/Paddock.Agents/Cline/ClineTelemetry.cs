using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cline;

/// <summary>
/// Cline's log records, by its sources (3.0.65): the body is the name. The command line sends most of them only where its remote configuration
/// says so. Its metrics name no task, and are not kept.
/// </summary>
internal sealed class ClineTelemetry : IAgentTelemetry
{
    private const string SessionStarted = "session.started", Created = "task.created", Restarted = "task.restarted", Completed = "task.completed", Cancelled = "task.cancelled", Tokens = "task.tokens";

    private const string Turn = "task.conversation_turn", ToolUsed = "task.tool_used", McpToolCalled = "task.mcp_tool_called", ApiError = "task.provider_api_error", MistakeLimit = "task.mistake_limit_reached";

    /// <summary>Told of by an event of its own, with what came of it.</summary>
    private const string McpTool = "use_mcp_tool";

    private static readonly TelemetryFact model = TelemetryFact.Model("model", "modelId"), source = TelemetryFact.Word("source", "source"), mode = TelemetryFact.Word("mode", "mode"), duration = TelemetryFact.Count("durationMs", "durationMs");

    private static readonly TelemetryTypes types = new(["ulid", "taskId", "sessionId"], [],
    [
        new(SessionStarted, [model, source]),
        new(Created, [model]),
        new(Restarted, [model]),
        new(Completed, [model, source, mode, duration]),
        new(Cancelled, [model]),
        new(Tokens,
        [
            model, TelemetryFact.Count("inputTokens", "tokensIn"), TelemetryFact.Count("outputTokens", "tokensOut"), TelemetryFact.Count("cacheReadTokens", "cacheReadTokens"),
            TelemetryFact.Count("cacheWriteTokens", "cacheWriteTokens"), TelemetryFact.Amount("costUsd", "totalCost"),
        ]),
        new(Turn, [model, source, mode]),
        new(ToolUsed, [TelemetryFact.Word("tool", "tool"), TelemetryFact.Flag("success", "success"), TelemetryFact.Flag("autoApproved", "autoApproved", "auto_approved"), model]),
        new(McpToolCalled, [TelemetryFact.Word("mcpServer", "serverName"), TelemetryFact.Word("tool", "toolName"), TelemetryFact.Word("status", "status")]),
        new(ApiError, [model, TelemetryFact.Code("status", "errorStatus")]),
        new(MistakeLimit, [model, TelemetryFact.Count("mistakes", "consecutiveMistakes")]),
        new("task.mode", [mode]),
        new("task.diff_edit_failed", [model]),
    ]);

    public string Agent => "cline";

    public IEnumerable<string> Attributes => types.Attributes;

    public bool Recognizes(TelemetryRecord record) => record.Text(TelemetryNames.Service)?.StartsWith("cline", StringComparison.Ordinal) is true;

    public TelemetryEvent? Read(TelemetryRecord record) => record.Signal is TelemetrySignal.Logs ? types.Read(record, record.Body) : null;

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        using var facts = EventFacts.Of(one);
        return one.Type switch
        {
            SessionStarted or Created => new(TaskSignalKind.Started) { Model = facts.Text("model") },
            Restarted => new(TaskSignalKind.Reopened),
            Completed when facts.Text("source") is not "shutdown" => new(TaskSignalKind.Claimed), // when the program ends, whatever became of the work
            Cancelled => new(TaskSignalKind.Cancelled),
            Turn when facts.Text("source") is "user" => new(TaskSignalKind.Answered),
            Tokens => new(TaskSignalKind.Turn)
            {
                Model = facts.Text("model"),
                CostNanoUsd = facts.NanoUsd("costUsd"),
                InputTokens = facts.Sum("inputTokens", "cacheReadTokens", "cacheWriteTokens"), // its input is what no cache had
                OutputTokens = facts.Sum("outputTokens"),
            },
            ToolUsed when facts.Text("tool") is not McpTool => TelemetryTools.Ended(dialect, facts, TelemetryTools.ResultOf(facts)),
            McpToolCalled when facts.Text("status") is "success" => TelemetryTools.Ended(dialect, facts, ToolResult.Success),
            McpToolCalled when facts.Text("status") is "error" => TelemetryTools.Ended(dialect, facts, ToolResult.Failure),
            ApiError => new(TaskSignalKind.TurnFailed) { Model = facts.Text("model") },
            MistakeLimit => new(TaskSignalKind.Stuck),
            _ => TaskSignal.None,
        };
    }
}
