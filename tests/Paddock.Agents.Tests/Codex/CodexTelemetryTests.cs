using Paddock.Agents.Codex;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.Telemetry;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests.Codex;

public sealed class CodexTelemetryTests
{
    private static readonly CodexDialect codex = new();

    [Fact]
    public void A_turn_leaves_names_and_counts_and_of_a_stream_its_end() => Told.Events(TelemetrySignal.Logs, SentTelemetry.CodexLogs(SentTelemetry.CodexTurn)).Select(static one => (one.Type, one.Facts)).ShouldBe(
    [
        ("codex.conversation_starts", """{"model":"gpt-5-codex","approvals":"never","sandbox":"danger-full-access"}"""),
        ("codex.user_prompt", """{"length":20}"""),
        ("codex.api_request", """{"model":"gpt-5-codex","status":200,"attempt":0,"durationMs":53}"""),
        ("codex.sse_event", """{"model":"gpt-5-codex","inputTokens":9874,"outputTokens":20,"cacheReadTokens":5,"cacheWriteTokens":0,"reasoningTokens":3}"""),
        ("codex.tool_decision", """{"tool":"exec_command","namespace":"functions","toolCall":"call_shell","decision":"approved","source":"Config"}"""),
        ("codex.tool_result", """{"tool":"exec_command","namespace":"functions","toolCall":"call_shell","success":true,"durationMs":84,"sequence":1}"""),
    ]);

    [Fact]
    public void A_conversation_starts_a_prompt_is_what_the_person_says_and_a_streams_end_is_a_turn()
    {
        Signal("codex.conversation_starts", "{}").ShouldBe(new TaskSignal(TaskSignalKind.Started) { Model = "gpt-5-codex" });
        Signal("codex.user_prompt", "{}").ShouldBe(new TaskSignal(TaskSignalKind.Answered));
        Signal("codex.sse_event", """{"event.kind":"response.completed","input_token_count":"9874","output_token_count":"20","cached_token_count":5}""")
            .ShouldBe(new TaskSignal(TaskSignalKind.Turn) { Model = "gpt-5-codex", InputTokens = 9874, OutputTokens = 20 });
    }

    [Theory]
    [InlineData(200, TaskSignalKind.None)]
    [InlineData(400, TaskSignalKind.TurnFailed)]
    [InlineData(429, TaskSignalKind.TurnFailed)]
    [InlineData(503, TaskSignalKind.None)]
    [InlineData(401, TaskSignalKind.None)]
    public void A_call_has_failed_for_good_where_codex_gives_up(int status, TaskSignalKind kind) => Signal("codex.api_request", $$"""{"http.response.status_code":{{status}}}""").Kind.ShouldBe(kind);

    [Theory]
    [InlineData("approved", null)]
    [InlineData("approved_for_session", null)]
    [InlineData("denied", ToolEnd.Denied)]
    [InlineData("abort", ToolEnd.Denied)]
    public void A_tool_that_was_denied_has_ended(string decision, ToolEnd? end) =>
        (Signal("codex.tool_decision", $$"""{"tool_name":"exec_command","call_id":"c","decision":"{{decision}}","source":"User"}""").Result?.End).ShouldBe(end);

    [Theory]
    [InlineData("apply_patch", "functions", "", "true", ToolClass.Edit, ToolEnd.Success)]
    [InlineData("apply_patch", "functions", "", "false", ToolClass.Edit, ToolEnd.Failure)]
    [InlineData("exec_command", "functions", "", "false", ToolClass.Command, ToolEnd.Failure)]
    [InlineData("exec_command", "functions", "", "true", ToolClass.Command, ToolEnd.Unknown)] // it ran: with which code it ended stands in its output
    [InlineData("spawn_agent", "multi_agent_v1", "", "true", ToolClass.Subtask, ToolEnd.Success)]
    [InlineData("wait_agent", "multi_agent_v1", "", "true", ToolClass.Read, ToolEnd.Success)]
    [InlineData("create", "mcp__jira", "jira", "true", ToolClass.Mcp, ToolEnd.Success)]
    [InlineData("nobody_knows", "functions", "", "true", ToolClass.Other, ToolEnd.Success)]
    public void A_tools_end_names_the_call_its_class_and_what_came_of_it(string tool, string space, string server, string success, ToolClass cls, ToolEnd end) =>
        Signal("codex.tool_result", $$"""{"tool_name":"{{tool}}","tool_namespace":"{{space}}","call_id":"call_1","mcp_server":"{{server}}","success":"{{success}}"}""")
            .ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = tool, ToolCall = "call_1", Class = cls, Result = new(end) });

    private static TaskSignal Signal(string name, string attributes) => Told.Signal(codex, TelemetrySignal.Logs, SentTelemetry.CodexLogs(SentTelemetry.Codex(name, attributes)));
}
