using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Codex;

/// <summary>
/// Codex's log records, seen with 0.169.0. It makes one for each event of a stream; of those the last is kept, which has the tokens. Its spans
/// are about the program's own parts, and its metrics name no session; neither is kept.
/// </summary>
internal sealed class CodexTelemetry : IAgentTelemetry
{
    private const string Prefix = "codex.";

    private const string Starts = Prefix + "conversation_starts", UserPrompt = Prefix + "user_prompt", ApiRequest = Prefix + "api_request", SseEvent = Prefix + "sse_event", ToolDecision = Prefix + "tool_decision", ToolEnded = Prefix + "tool_result";

    private const string InputTokens = "input_token_count";

    private static readonly TelemetryFact model = TelemetryFact.Model("model"), duration = TelemetryFact.Count("durationMs", "duration_ms");

    private static readonly TelemetryFact tool = TelemetryFact.Word("tool", "tool_name"), space = TelemetryFact.Word("namespace", "tool_namespace"), call = TelemetryFact.Word("toolCall", "call_id");

    private static readonly TelemetryTypes types = new(["conversation.id"], [],
    [
        new(Starts, [model, TelemetryFact.Word("approvals", "approval_policy"), TelemetryFact.Word("sandbox", "sandbox_policy")]),
        new(UserPrompt, [TelemetryFact.Count("length", "prompt_length")]),
        new(ApiRequest, [model, TelemetryFact.Code("status", "http.response.status_code"), TelemetryFact.Count("attempt", "attempt"), duration]),
        new(SseEvent,
        [
            model, TelemetryFact.Count("inputTokens", InputTokens), TelemetryFact.Count("outputTokens", "output_token_count"), TelemetryFact.Count("cacheReadTokens", "cached_token_count"),
            TelemetryFact.Count("cacheWriteTokens", "cache_write_token_count"), TelemetryFact.Count("reasoningTokens", "reasoning_token_count"),
        ]),
        new(ToolDecision, [tool, space, call, TelemetryFact.Word("decision", "decision"), TelemetryFact.Word("source", "source")]),
        new(ToolEnded, [tool, space, call, TelemetryFact.Flag("success", "success"), duration, TelemetryFact.Word("mcpServer", "mcp_server"), TelemetryFact.Count("sequence", "tool_result_seq")]),
    ]);

    public string Agent => "codex";

    public IEnumerable<string> Attributes => types.Attributes;

    public bool Recognizes(TelemetryRecord record) =>
        record.Text(TelemetryNames.Service)?.StartsWith("codex", StringComparison.Ordinal) is true || record.Text(TelemetryNames.Event)?.StartsWith(Prefix, StringComparison.Ordinal) is true;

    /// <summary>A record's own name says where in Codex's sources it was made; the attribute says what it is.</summary>
    public TelemetryEvent? Read(TelemetryRecord record)
    {
        var name = record.Text(TelemetryNames.Event);
        return record.Signal is not TelemetrySignal.Logs || (name == SseEvent && record.Value(InputTokens) is null) ? null : types.Read(record, name);
    }

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        using var facts = EventFacts.Of(one);
        return one.Type switch
        {
            Starts => new(TaskSignalKind.Started) { Model = facts.Text("model") },
            UserPrompt => new(TaskSignalKind.Answered),
            SseEvent => new(TaskSignalKind.Turn) { Model = facts.Text("model"), InputTokens = facts.Sum("inputTokens"), OutputTokens = facts.Sum("outputTokens") },
            ApiRequest when facts.Whole("status") is 400 or 429 => new(TaskSignalKind.TurnFailed) { Model = facts.Text("model") }, // at all others it tries again
            ToolDecision when facts.Text("decision") is "denied" or "abort" or "timed_out" => TelemetryTools.Ended(dialect, facts, ToolResult.Denied),
            ToolEnded => Honest(TelemetryTools.Ended(dialect, facts, TelemetryTools.ResultOf(facts))),
            _ => TaskSignal.None,
        };
    }

    /// <summary>A command that ran is a success there, whatever code it ended with; that stands in the output alone.</summary>
    private static TaskSignal Honest(TaskSignal signal) => signal is { Class: ToolClass.Command, Result.End: ToolEnd.Success } ? signal with { Result = new(ToolEnd.Unknown) } : signal;
}
