using Paddock.Agents.GeminiCli;
using Paddock.Agents.Telemetry;
using Paddock.Agents.Tests.Telemetry;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Tests.GeminiCli;

public sealed class GeminiCliTelemetryTests
{
    private static readonly GeminiCliDialect gemini = new();

    [Fact]
    public void A_turn_leaves_names_and_counts() => Told.Events(TelemetrySignal.Logs, SentTelemetry.GeminiCliLogs(SentTelemetry.GeminiCliTurn)).Select(static one => (one.Type, one.Facts)).ShouldBe(
    [
        ("gemini_cli.config", """{"model":"gemini-2.5-pro","approvals":"yolo","sandbox":true}"""),
        ("gemini_cli.user_prompt", """{"length":20}"""),
        ("gemini_cli.api_response", """{"model":"gemini-2.5-pro","status":200,"inputTokens":10,"outputTokens":5,"cacheReadTokens":4,"reasoningTokens":3,"durationMs":222,"source":"main"}"""),
        ("gemini_cli.tool_call", """{"tool":"run_shell_command","success":true,"durationMs":150,"decision":"accept","toolType":"native"}"""),
    ]);

    [Fact]
    public void Its_configuration_starts_a_task_and_its_answers_are_turns_whose_output_has_the_thoughts_too()
    {
        Signal("gemini_cli.config", """{"model":"gemini-2.5-pro"}""").ShouldBe(new TaskSignal(TaskSignalKind.Started) { Model = "gemini-2.5-pro" });
        Signal("gemini_cli.user_prompt", "{}").ShouldBe(new TaskSignal(TaskSignalKind.Answered));
        Signal("gemini_cli.api_response", """{"model":"m","input_token_count":10,"output_token_count":5,"thoughts_token_count":3}""").ShouldBe(new TaskSignal(TaskSignalKind.Turn) { Model = "m", InputTokens = 10, OutputTokens = 8 });
        Signal("gemini_cli.api_error", """{"model":"m","status_code":500,"error.message":"geheim"}""").ShouldBe(new TaskSignal(TaskSignalKind.TurnFailed) { Model = "m" });
    }

    [Theory]
    [InlineData("run_shell_command", "accept", true, ToolClass.Command, ToolEnd.Success)]
    [InlineData("write_file", "auto_accept", false, ToolClass.Edit, ToolEnd.Failure)]
    [InlineData("write_file", "reject", false, ToolClass.Edit, ToolEnd.Denied)]
    public void A_tools_end_has_its_class_and_what_came_of_it(string tool, string decision, bool success, ToolClass cls, ToolEnd end) =>
        Signal("gemini_cli.tool_call", $$"""{"function_name":"{{tool}}","success":{{(success ? "true" : "false")}},"decision":"{{decision}}"}""").ShouldBe(new TaskSignal(TaskSignalKind.ToolEnded) { Tool = tool, Class = cls, Result = new(end) });

    [Fact]
    public void A_tool_of_a_server_is_one_whatever_it_is_called() =>
        Signal("gemini_cli.tool_call", """{"function_name":"read_file","success":true,"tool_type":"mcp","mcp_server_name":"jira"}""").Class.ShouldBe(ToolClass.Mcp);

    [Theory]
    [InlineData("revert_only", TaskSignalKind.Restored)]
    [InlineData("rewind_and_revert", TaskSignalKind.Restored)]
    [InlineData("rewind_only", TaskSignalKind.None)]
    public void Going_back_restores_where_files_are_put_back(string outcome, TaskSignalKind kind) => Signal("gemini_cli.rewind", $$"""{"outcome":"{{outcome}}"}""").Kind.ShouldBe(kind);

    private static TaskSignal Signal(string name, string attributes) => Told.Signal(gemini, TelemetrySignal.Logs, SentTelemetry.GeminiCliLogs(SentTelemetry.GeminiCli(name, attributes)));
}
