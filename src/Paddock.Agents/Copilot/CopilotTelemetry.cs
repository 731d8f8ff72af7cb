using Paddock.Agents.Telemetry;
using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Copilot;

/// <summary>
/// GitHub Copilot CLI's spans, seen with 1.0.102; it makes no log records. They follow OpenTelemetry's conventions for generative AI: a span is
/// called by its operation and what it is done with, and the operation is its type. Its metrics name no session, and are not kept.
/// </summary>
internal sealed class CopilotTelemetry : IAgentTelemetry
{
    private const string Operation = "gen_ai.operation.name", Scope = "github.copilot";

    private const string ExecuteTool = "execute_tool", Chat = "chat", InvokeAgent = "invoke_agent";

    private static readonly TelemetryFact error = TelemetryFact.Word("errorType", "error.type");

    private static readonly TelemetryFact input = TelemetryFact.Count("inputTokens", "gen_ai.usage.input_tokens"), output = TelemetryFact.Count("outputTokens", "gen_ai.usage.output_tokens");

    private static readonly TelemetryTypes types = new(["gen_ai.conversation.id"], [error],
    [
        new(ExecuteTool,
        [
            TelemetryFact.Word("tool", "gen_ai.tool.name"), TelemetryFact.Word("toolCall", "gen_ai.tool.call.id"), TelemetryFact.Code("exitCode", "process.exit.code"),
            TelemetryFact.Word("mcpServer", "github.copilot.tool.parameters.mcp_server_name"), TelemetryFact.Word("mcpTool", "github.copilot.tool.parameters.mcp_tool_name"),
        ]),
        new(Chat,
        [
            TelemetryFact.Model("gen_ai.response.model", "gen_ai.request.model"), input, output, TelemetryFact.Count("cacheReadTokens", "gen_ai.usage.cache_read.input_tokens"),
            TelemetryFact.Count("cacheWriteTokens", "gen_ai.usage.cache_write.input_tokens"), TelemetryFact.Count("reasoningTokens", "gen_ai.usage.reasoning.output_tokens"), TelemetryFact.Word("source", "github.copilot.initiator"),
        ]),
        new(InvokeAgent, [input, output, TelemetryFact.Count("turns", "github.copilot.turn_count"), TelemetryFact.Word("agentType", "github.copilot.agent.type")]),
    ]);

    public string Agent => "copilot";

    public IEnumerable<string> Attributes => [.. types.Attributes, Operation];

    public bool Recognizes(TelemetryRecord record) => record.Source.Scope == Scope || record.Text(TelemetryNames.Service) is "github-copilot";

    public TelemetryEvent? Read(TelemetryRecord record) => record.Signal is TelemetrySignal.Traces ? types.Read(record, record.Text(Operation)) : null;

    /// <summary>A sub-agent is a span within another. Of a whole invocation's tokens nothing is added: each of its calls has said them.</summary>
    public static TaskSignal SignalOf(AgentEvent one, IAgentDialect dialect)
    {
        using var facts = EventFacts.Of(one);
        return one.Type switch
        {
            ExecuteTool => TelemetryTools.Ended(dialect, facts, ResultOf(facts)),
            Chat => new(facts.Flag("success") is false || facts.Text("errorType") is not null ? TaskSignalKind.TurnFailed : TaskSignalKind.Turn)
            {
                Model = facts.Text("model"),
                InputTokens = facts.Sum("inputTokens"),
                OutputTokens = facts.Sum("outputTokens"),
            },
            InvokeAgent when facts.Flag("root") is true && facts.Flag("success") is true && facts.Text("errorType") is null => new(TaskSignalKind.Claimed),
            _ => TaskSignal.None,
        };
    }

    /// <summary>A command that ends with another code than 0 is no failed span.</summary>
    private static ToolResult ResultOf(EventFacts facts) => facts switch
    {
        _ when facts.Text("errorType") is "denied" => ToolResult.Denied,
        _ when facts.Text("errorType") is "timeout" => ToolResult.Timeout,
        _ when facts.Whole("exitCode") is { } code => ToolResult.OfExit(code),
        _ when facts.Text("errorType") is not null => ToolResult.Failure,
        _ => TelemetryTools.ResultOf(facts),
    };
}
