using Paddock.Agents.Cline;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.Telemetry;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests.Cline;

public sealed class ClineTelemetryTests
{
    private static readonly ClineDialect cline = new();

    [Theory]
    [InlineData("session.started", """{"sessionId":"s","modelId":"m","source":"cli"}""", """{"model":"m","source":"cli"}""")]
    [InlineData("task.tokens", """{"ulid":"s","tokensIn":10,"tokensOut":5,"cacheReadTokens":3,"cacheWriteTokens":2,"totalCost":0.25,"model":"m","provider":"cline"}""", """{"model":"m","inputTokens":10,"outputTokens":5,"cacheReadTokens":3,"cacheWriteTokens":2,"costUsd":0.25}""")]
    [InlineData("task.tool_used", """{"ulid":"s","tool":"run_commands","success":true,"modelId":"m"}""", """{"tool":"run_commands","success":true,"model":"m"}""")]
    [InlineData("task.provider_api_error", """{"ulid":"s","errorMessage":"geheim","errorStatus":402,"model":"m"}""", """{"model":"m","status":402}""")]
    public void Records_leave_names_and_counts(string name, string attributes, string facts)
    {
        var one = Told.Events(TelemetrySignal.Logs, SentTelemetry.ClineLogs(SentTelemetry.Cline(name, attributes))).ShouldHaveSingleItem();

        (one.Type, one.NativeTask, one.Facts).ShouldBe((name, "s", facts));
    }

    [Theory]
    [InlineData("session.started", "{}", TaskSignalKind.Started)]
    [InlineData("task.created", "{}", TaskSignalKind.Started)]
    [InlineData("task.restarted", "{}", TaskSignalKind.Reopened)]
    [InlineData("task.completed", """{"source":"submit_and_exit"}""", TaskSignalKind.Claimed)]
    [InlineData("task.completed", "{}", TaskSignalKind.Claimed)]
    [InlineData("task.completed", """{"source":"shutdown"}""", TaskSignalKind.None)]
    [InlineData("task.cancelled", "{}", TaskSignalKind.Cancelled)]
    [InlineData("task.conversation_turn", """{"source":"user"}""", TaskSignalKind.Answered)]
    [InlineData("task.conversation_turn", """{"source":"assistant"}""", TaskSignalKind.None)]
    [InlineData("task.provider_api_error", "{}", TaskSignalKind.TurnFailed)]
    [InlineData("task.mistake_limit_reached", "{}", TaskSignalKind.Stuck)]
    [InlineData("task.mode", """{"mode":"plan"}""", TaskSignalKind.None)]
    public void A_record_moves_a_task_by_its_name(string name, string attributes, TaskSignalKind kind) => Signal(name, attributes).Kind.ShouldBe(kind);

    [Fact]
    public void Tokens_are_a_turn_whose_input_has_the_cached_ones_too() => Signal("task.tokens", """{"tokensIn":10,"tokensOut":5,"cacheReadTokens":3,"cacheWriteTokens":2,"totalCost":0.25,"model":"m"}""")
        .ShouldBe(new TaskSignal(TaskSignalKind.Turn) { Model = "m", InputTokens = 15, OutputTokens = 5, CostNanoUsd = 250_000_000 });

    [Fact]
    public void A_tools_end_has_its_class_and_a_servers_tool_is_told_once()
    {
        Signal("task.tool_used", """{"tool":"run_commands","success":false}""").ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = "run_commands", Class = ToolClass.Command, Result = ToolResult.Failure });
        Signal("task.tool_used", """{"tool":"use_mcp_tool","success":true}""").ShouldBe(TaskSignal.None);
        Signal("task.mcp_tool_called", """{"serverName":"jira","toolName":"create","status":"started"}""").ShouldBe(TaskSignal.None);
        Signal("task.mcp_tool_called", """{"serverName":"jira","toolName":"create","status":"error"}""").ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = "create", Class = ToolClass.Mcp, Result = ToolResult.Failure });
    }

    private static TaskSignal Signal(string name, string attributes) => Told.Signal(cline, TelemetrySignal.Logs, SentTelemetry.ClineLogs(SentTelemetry.Cline(name, attributes)));
}
