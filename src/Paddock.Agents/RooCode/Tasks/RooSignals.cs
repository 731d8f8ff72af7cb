using Paddock.Core.Tasks;

namespace Paddock.Agents.RooCode.Tasks;

/// <summary>
/// What Roo Code's events say of a task (extension 3.52.1). Tools are told by nothing but their number, without names and results, so that of
/// them the gateway alone knows; neither does <c>Diff Application Error</c> say which call failed.
/// </summary>
internal static class RooSignals
{
    public static TaskSignal Of(AgentEvent one)
    {
        using var facts = EventFacts.Of(one);
        return SignalOf(one, facts) with { Repository = facts.Text("repositoryUrl") ?? facts.Text("repositoryName"), Todos = facts.Todos("todos") };
    }

    private static TaskSignal SignalOf(AgentEvent one, EventFacts facts) => one.Type switch
    {
        "Task Created" => new(TaskSignalKind.Started),
        "Task Reopened" => new(TaskSignalKind.Reopened),
        "Task Completed" => new(TaskSignalKind.Claimed), // up to 3.50: each attempt_completion; later only a person's yes, which its own interface never says
        "Consecutive Mistake Error" => new(TaskSignalKind.Stuck),
        "Checkpoint Restored" => new(TaskSignalKind.Restored),
        RooEventSchema.LlmCompletion => new(TaskSignalKind.Turn)
        {
            Model = facts.Text("modelId"),
            CostNanoUsd = facts.NanoUsd("cost"),
            InputTokens = facts.Sum("inputTokens"),
            OutputTokens = facts.Sum("outputTokens"),
        },
        RooEventSchema.TaskMessage => new(KindOf(one.Message)),
        _ => TaskSignal.None,
    };

    private static TaskSignalKind KindOf(AgentMessage? message) => (message?.Kind, message?.What) switch
    {
        ("ask", "mistake_limit_reached") => TaskSignalKind.Stuck,
        ("ask", "api_req_failed") => TaskSignalKind.TurnFailed,
        ("ask" or "say", "completion_result") => TaskSignalKind.Claimed,
        ("ask", "followup" or "command" or "tool" or "use_mcp_server" or "auto_approval_max_req_reached") => TaskSignalKind.Asked,
        ("say", "user_feedback" or "user_feedback_diff") => TaskSignalKind.Answered,
        _ => TaskSignalKind.None, // a task that is taken up again (ask:resume_task) says so by an event of its own
    };
}
