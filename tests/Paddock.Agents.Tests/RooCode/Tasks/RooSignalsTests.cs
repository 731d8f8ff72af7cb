using System.Text;
using CsCheck;
using Paddock.Agents.RooCode;
using Paddock.Agents.RooCode.Tasks;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Tests.RooCode.Tasks;

/// <summary>What Roo Code's events say of a task, from what is kept of them.</summary>
public sealed class RooSignalsTests
{
    private static readonly RooCodeDialect roo = new();

    [Theory]
    [InlineData("Task Created", TaskSignalKind.Started)]
    [InlineData("Task Reopened", TaskSignalKind.Reopened)]
    [InlineData("Task Completed", TaskSignalKind.Claimed)]
    [InlineData("Consecutive Mistake Error", TaskSignalKind.Stuck)]
    [InlineData("Checkpoint Restored", TaskSignalKind.Restored)]
    [InlineData("Checkpoint Created", TaskSignalKind.None)]
    [InlineData("Tool Used", TaskSignalKind.None)]
    [InlineData("Diff Application Error", TaskSignalKind.None)]
    [InlineData("Mode Switched", TaskSignalKind.None)]
    [InlineData("Whatever Comes Next", TaskSignalKind.None)]
    public void An_event_moves_a_task_by_its_type(string type, TaskSignalKind kind) => SignalOf(SentEvents.Of(type)).Kind.ShouldBe(kind);

    [Theory]
    [InlineData("ask", "followup", TaskSignalKind.Asked)]
    [InlineData("ask", "command", TaskSignalKind.Asked)]
    [InlineData("ask", "tool", TaskSignalKind.Asked)]
    [InlineData("ask", "use_mcp_server", TaskSignalKind.Asked)]
    [InlineData("ask", "auto_approval_max_req_reached", TaskSignalKind.Asked)]
    [InlineData("ask", "command_output", TaskSignalKind.None)]
    [InlineData("ask", "resume_task", TaskSignalKind.None)]
    [InlineData("ask", "completion_result", TaskSignalKind.Claimed)]
    [InlineData("ask", "api_req_failed", TaskSignalKind.TurnFailed)]
    [InlineData("ask", "mistake_limit_reached", TaskSignalKind.Stuck)]
    [InlineData("say", "completion_result", TaskSignalKind.Claimed)]
    [InlineData("say", "user_feedback", TaskSignalKind.Answered)]
    [InlineData("say", "user_feedback_diff", TaskSignalKind.Answered)]
    [InlineData("say", "followup", TaskSignalKind.None)]
    [InlineData("say", "text", TaskSignalKind.None)]
    [InlineData("say", "api_req_retry_delayed", TaskSignalKind.None)]
    public void A_message_moves_it_by_what_it_asks_or_says(string kind, string what, TaskSignalKind signal) => SignalOf(SentEvents.Message(1761000000000, kind, what)).Kind.ShouldBe(signal);

    [Fact]
    public void A_completion_is_a_turn_with_its_model_tokens_and_cost()
    {
        var turn = SignalOf(SentEvents.Of("LLM Completion", ""","inputTokens":1200,"outputTokens":34,"cacheReadTokens":1000,"cost":0.0123"""));

        (turn.Kind, turn.Model, turn.InputTokens, turn.OutputTokens, turn.CostNanoUsd).ShouldBe((TaskSignalKind.Turn, "anthropic/claude-sonnet-4.5", 1200, 34, 12_300_000));
        SignalOf(SentEvents.Of("LLM Completion", ""","inputTokens":1,"outputTokens":2""")).CostNanoUsd.ShouldBeNull();
        SignalOf(SentEvents.Of("LLM Completion", ""","inputTokens":1,"outputTokens":2,"cost":-1""")).CostNanoUsd.ShouldBeNull();
        SignalOf(SentEvents.Of("LLM Completion", ""","inputTokens":1,"outputTokens":2,"cost":1e30""")).CostNanoUsd.ShouldBeNull();
    }

    [Fact]
    public void Each_event_tells_the_repository_without_credentials_and_the_list_of_things_to_do()
    {
        foreach (var signal in new[] { SignalOf(SentEvents.Of("Tool Used")), SignalOf(SentEvents.Of("Task Created")), SignalOf(SentEvents.Message(1, "say", "text")) })
        {
            (signal.Repository, signal.Todos).ShouldBe(("https://git.example/acme/shop.git", new TodoCounts(3, 1, 1, 1)));
        }
    }

    [Fact]
    public void Facts_of_any_form_are_read_without_a_fault() => GenJson.Any.Sample(static json =>
    {
        foreach (var type in new[] { "LLM Completion", "Task Created" })
        {
            roo.SignalOf(Kept(SentEvents.Of(type, ""","inputTokens":1,"outputTokens":2""")) with { Facts = json });
            roo.SignalOf(Kept(SentEvents.Of(type, ""","inputTokens":1,"outputTokens":2""")) with { Facts = $$"""{"todos":{{json}},"cost":{{json}},"inputTokens":{{json}},"modelId":{{json}},"repositoryUrl":{{json}}}""" });
        }
    });

    private static TaskSignal SignalOf(string sent) => roo.SignalOf(Kept(sent));

    private static AgentEvent Kept(string sent) =>
        RooEventReader.Read(Encoding.UTF8.GetBytes(sent), "usr_1", retried: false, DateTimeOffset.UnixEpoch).ShouldBeOfType<RooEventRead.Event>().Value;
}
