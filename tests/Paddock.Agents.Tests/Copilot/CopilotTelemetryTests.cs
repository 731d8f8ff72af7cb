using Paddock.Agents.Copilot;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.Telemetry;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests.Copilot;

public sealed class CopilotTelemetryTests
{
    private static readonly CopilotDialect copilot = new();

    [Fact]
    public void Spans_leave_names_and_counts() => Told.Events(TelemetrySignal.Traces, SentTelemetry.CopilotSpans(SentTelemetry.CopilotTurn)).Select(static one => (one.Type, one.Facts)).ShouldBe(
    [
        ("execute_tool", """{"tool":"bash","toolCall":"call_shell","exitCode":1,"durationMs":124,"success":true,"root":false,"span":"576af94e293241f4"}"""),
        ("chat", """{"model":"gpt-5-mini","inputTokens":11993,"outputTokens":20,"cacheReadTokens":6,"source":"user","durationMs":124,"success":true,"root":false,"span":"3f35ea6c55595673"}"""),
        ("invoke_agent", """{"inputTokens":11993,"outputTokens":20,"turns":1,"agentType":"builtin","durationMs":124,"success":true,"root":true,"span":"2f5348a1915906a8"}"""),
    ]);

    [Fact]
    public void Equal_spans_are_two_by_their_ids()
    {
        var spans = SentTelemetry.CopilotSpans(SentTelemetry.Copilot("chat", "{}", "00000000000000aa"), SentTelemetry.Copilot("chat", "{}", "00000000000000ab"), SentTelemetry.Copilot("chat", "{}", "00000000000000ab"));

        Told.Events(TelemetrySignal.Traces, spans).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"process.exit.code":0}""", 0, ToolEnd.Success, 0)]
    [InlineData("""{"process.exit.code":1}""", 0, ToolEnd.Failure, 1)]
    [InlineData("""{"error.type":"denied"}""", 2, ToolEnd.Denied, null)]
    [InlineData("""{"error.type":"timeout"}""", 2, ToolEnd.Timeout, null)]
    [InlineData("""{"error.type":"failure"}""", 0, ToolEnd.Failure, null)]
    [InlineData("{}", 2, ToolEnd.Failure, null)]
    [InlineData("{}", 1, ToolEnd.Success, null)]
    public void A_tools_end_is_told_by_its_exit_code_or_error(string attributes, int status, ToolEnd end, int? exit) =>
        Told.Signal(copilot, TelemetrySignal.Traces, SentTelemetry.CopilotSpans(SentTelemetry.Copilot("execute_tool", $$"""{"gen_ai.tool.name":"bash","gen_ai.tool.call.id":"call_1",{{attributes[1..]}}""".Replace(",}", "}", StringComparison.Ordinal), status: status)))
            .ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = "bash", ToolCall = "call_1", Class = ToolClass.Command, Result = new(end, exit) });

    [Fact]
    public void A_call_of_a_model_is_a_turn_or_a_failed_one()
    {
        Signal("chat", """{"gen_ai.response.model":"gpt-5-mini","gen_ai.usage.input_tokens":7,"gen_ai.usage.output_tokens":2}""").ShouldBe(new TaskSignal(TaskSignalKind.Turn) { Model = "gpt-5-mini", InputTokens = 7, OutputTokens = 2 });
        Signal("chat", """{"gen_ai.request.model":"gpt-5"}""", status: 2).ShouldBe(new TaskSignal(TaskSignalKind.TurnFailed) { Model = "gpt-5" });
    }

    [Theory]
    [InlineData("", 0, TaskSignalKind.Claimed)]
    [InlineData("", 2, TaskSignalKind.None)]
    [InlineData("2f5348a1915906a8", 0, TaskSignalKind.None)]
    public void The_outermost_invocation_ends_with_the_claim_that_its_work_is_done(string parent, int status, TaskSignalKind kind) => Signal("invoke_agent", """{"gen_ai.usage.input_tokens":7}""", parent, status).ShouldBe(new TaskSignal(kind));

    private static TaskSignal Signal(string name, string attributes, string parent = "2f5348a1915906a8", int status = 0) =>
        Told.Signal(copilot, TelemetrySignal.Traces, SentTelemetry.CopilotSpans(SentTelemetry.Copilot(name, attributes, parent: parent, status: status)));
}
