using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.ClaudeCode;

/// <summary>
/// Claude Code's log records, seen with 2.1.197. Its spans (a beta) and metrics say the same once more, and are not kept.
/// What a tool was given and said stands in attributes that nobody looks at, also where <c>OTEL_LOG_TOOL_DETAILS</c> sends them.
/// </summary>
internal sealed class ClaudeCodeTelemetry : IAgentTelemetry
{
    private const string Prefix = "claude_code.", Scope = "com.anthropic.claude_code";

    private const string UserPrompt = Prefix + "user_prompt", ApiRequest = Prefix + "api_request", ApiError = Prefix + "api_error", ToolDecision = Prefix + "tool_decision", ToolEnded = Prefix + "tool_result";

    private static readonly TelemetryFact model = TelemetryFact.Model("model"), duration = TelemetryFact.Count("durationMs", "duration_ms"), source = TelemetryFact.Word("source", "query_source");

    private static readonly TelemetryFact tool = TelemetryFact.Word("tool", "tool_name"), call = TelemetryFact.Word("toolCall", "tool_use_id");

    private static readonly TelemetryTypes types = new(["session.id"], [TelemetryFact.Count("sequence", "event.sequence")],
    [
        new(UserPrompt, [TelemetryFact.Count("length", "prompt_length")]),
        new(ApiRequest,
        [
            model, TelemetryFact.Amount("costUsd", "cost_usd"), TelemetryFact.Count("inputTokens", "input_tokens"), TelemetryFact.Count("outputTokens", "output_tokens"),
            TelemetryFact.Count("cacheReadTokens", "cache_read_tokens"), TelemetryFact.Count("cacheWriteTokens", "cache_creation_tokens"), duration, source,
        ]),
        new(ApiError, [model, TelemetryFact.Code("status", "status_code"), TelemetryFact.Count("attempt", "attempt"), duration, source]),
        new(Prefix + "api_retries_exhausted", [model, TelemetryFact.Code("status", "status_code"), TelemetryFact.Count("attempt", "total_attempts"), TelemetryFact.Count("durationMs", "total_retry_duration_ms"), source]),
        new(Prefix + "api_refusal", [model, TelemetryFact.Count("attempt", "attempt"), source]),
        new(ToolDecision, [tool, call, TelemetryFact.Word("decision", "decision"), TelemetryFact.Word("source", "source")]),
        new(ToolEnded,
        [
            tool, call, TelemetryFact.Flag("success", "success"), duration, TelemetryFact.Word("errorType", "error_type"), TelemetryFact.Word("decision", "decision_type"), TelemetryFact.Word("source", "decision_source"),
            TelemetryFact.Count("inputBytes", "tool_input_size_bytes"), TelemetryFact.Count("resultBytes", "tool_result_size_bytes"),
        ]),
        new(Prefix + "permission_mode_changed", [TelemetryFact.Word("from", "from_mode"), TelemetryFact.Word("to", "to_mode"), TelemetryFact.Word("trigger", "trigger")]),
        new(Prefix + "compaction", [TelemetryFact.Word("trigger", "trigger"), TelemetryFact.Flag("success", "success"), duration, TelemetryFact.Count("tokensBefore", "pre_tokens"), TelemetryFact.Count("tokensAfter", "post_tokens")]),
        new(Prefix + "subagent_completed", [model, TelemetryFact.Count("totalTokens", "total_tokens"), TelemetryFact.Count("toolCalls", "total_tool_uses"), duration]),
    ]);

    public string Agent => "claude-code";

    public IEnumerable<string> Attributes => types.Attributes;

    public bool Recognizes(TelemetryRecord record) =>
        record.Text(TelemetryNames.Service) == "claude-code" || record.Source.Scope?.StartsWith(Scope, StringComparison.Ordinal) is true || record.Body?.StartsWith(Prefix, StringComparison.Ordinal) is true;

    public TelemetryEvent? Read(TelemetryRecord record) => record.Signal is TelemetrySignal.Logs ? types.Read(record, NameOf(record)) : null;

    /// <summary>
    /// A failed call is told by <c>api_error</c> when it is not tried again; <c>api_retries_exhausted</c> follows it where it was tried more than
    /// once, and is the same failure. A tool that was denied has no result.
    /// </summary>
    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        using var facts = EventFacts.Of(one);
        return one.Type switch
        {
            UserPrompt => new(TaskSignalKind.Answered),
            ApiRequest => new(TaskSignalKind.Turn)
            {
                Model = facts.Text("model"),
                CostNanoUsd = facts.NanoUsd("costUsd"),
                InputTokens = facts.Sum("inputTokens", "cacheReadTokens", "cacheWriteTokens"), // Anthropic's input is what no cache had
                OutputTokens = facts.Sum("outputTokens"),
            },
            ApiError => new(TaskSignalKind.TurnFailed) { Model = facts.Text("model") },
            ToolDecision when facts.Text("decision") is "reject" => TelemetryTools.Ended(dialect, facts, ToolResult.Denied),
            ToolEnded => WithMcp(TelemetryTools.Ended(dialect, facts, TelemetryTools.ResultOf(facts))),
            _ => TaskSignal.None,
        };
    }

    /// <summary>Unless details are asked for, all tools of MCP servers are called by one name.</summary>
    private static TaskSignal WithMcp(TaskSignal signal) => signal.Tool is "mcp_tool" ? signal with { Class = ToolClass.Mcp } : signal;

    /// <summary>The body has the name whole, the attribute without the prefix.</summary>
    private static string? NameOf(TelemetryRecord record) =>
        record.Text(TelemetryNames.Event) is { } name ? name.StartsWith(Prefix, StringComparison.Ordinal) ? name : Prefix + name : record.Body;
}
