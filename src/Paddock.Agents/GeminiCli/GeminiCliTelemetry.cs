using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.GeminiCli;

/// <summary>
/// Gemini CLI's log records, seen with 0.61.0. They can hold whole requests and answers, which nobody looks at. Its spans and metrics say the
/// same once more, and are not kept.
/// </summary>
internal sealed class GeminiCliTelemetry : IAgentTelemetry
{
    private const string Prefix = "gemini_cli.";

    private const string Config = Prefix + "config", UserPrompt = Prefix + "user_prompt", ApiResponse = Prefix + "api_response", ApiError = Prefix + "api_error", ToolCall = Prefix + "tool_call", Rewind = Prefix + "rewind";

    private static readonly TelemetryFact model = TelemetryFact.Model("model"), duration = TelemetryFact.Count("durationMs", "duration_ms"), status = TelemetryFact.Code("status", "status_code");

    private static readonly TelemetryTypes types = new(["session.id"], [],
    [
        new(Config, [model, TelemetryFact.Word("approvals", "approval_mode"), TelemetryFact.Flag("sandbox", "sandbox_enabled")]),
        new(UserPrompt, [TelemetryFact.Count("length", "prompt_length")]),
        new(ApiResponse,
        [
            model, status, TelemetryFact.Count("inputTokens", "input_token_count"), TelemetryFact.Count("outputTokens", "output_token_count"), TelemetryFact.Count("cacheReadTokens", "cached_content_token_count"),
            TelemetryFact.Count("reasoningTokens", "thoughts_token_count"), duration, TelemetryFact.Word("source", "role"),
        ]),
        new(ApiError, [model, status, TelemetryFact.Word("errorType", "error.type", "error_type"), duration, TelemetryFact.Word("source", "role")]),
        new(ToolCall,
        [
            TelemetryFact.Word("tool", "function_name"), TelemetryFact.Flag("success", "success"), duration, TelemetryFact.Word("decision", "decision"), TelemetryFact.Word("errorType", "error_type", "error.type"),
            TelemetryFact.Word("mcpServer", "mcp_server_name"), TelemetryFact.Word("toolType", "tool_type"),
        ]),
        new(Rewind, [TelemetryFact.Word("outcome", "outcome")]),
    ]);

    public string Agent => "gemini-cli";

    public IEnumerable<string> Attributes => types.Attributes;

    public bool Recognizes(TelemetryRecord record) => record.Text(TelemetryNames.Service) == "gemini-cli" || record.Text(TelemetryNames.Event)?.StartsWith(Prefix, StringComparison.Ordinal) is true;

    public TelemetryEvent? Read(TelemetryRecord record) => record.Signal is TelemetrySignal.Logs ? types.Read(record, record.Text(TelemetryNames.Event)) : null;

    /// <summary>What it says there is the version of Node.js.</summary>
    public string? VersionIn(TelemetryRecord record) => null;

    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        using var facts = EventFacts.Of(one);
        return one.Type switch
        {
            Config => new(TaskSignalKind.Started) { Model = facts.Text("model") },
            UserPrompt => new(TaskSignalKind.Answered),
            ApiResponse => new(TaskSignalKind.Turn) { Model = facts.Text("model"), InputTokens = facts.Sum("inputTokens"), OutputTokens = facts.Sum("outputTokens", "reasoningTokens") }, // its output is without thoughts
            ApiError => new(TaskSignalKind.TurnFailed) { Model = facts.Text("model") },
            ToolCall => TelemetryTools.Ended(dialect, facts, facts.Text("decision") is "reject" ? ToolResult.Denied : TelemetryTools.ResultOf(facts)),
            Rewind when facts.Text("outcome") is "revert_only" or "rewind_and_revert" => new(TaskSignalKind.Restored), // the rest takes back what was said, not files
            _ => TaskSignal.None,
        };
    }
}
