using Paddock.Control.Tasks;
using Paddock.Core.Tasks;
using Paddock.Web.Kit;

namespace Paddock.Web.Tasks;

/// <summary>What people read of a task's state.</summary>
internal static class TaskWords
{
    /// <summary>All states, with what each means.</summary>
    public static IReadOnlyList<(string State, string Means)> States { get; } =
    [
        (Name("started"), "It was opened, and no model was called for it yet."),
        (Name("active"), "Its agent works."),
        (Name("waiting_approval"), "A call of it is held until somebody says yes."),
        (Name("waiting_person"), "The agent has asked its person something."),
        (Name("claimed_complete"), "The agent says that it is done, and nothing since says otherwise. Succeeded."),
        (Name("accepted"), "A person, passed checks or a merge says that it is done. Succeeded."),
        (Name("failed"), $"Its last model call failed and nothing followed for {FoldRules.Default.Quiet.TotalMinutes} minutes; or its work was rejected, or did not pass its checks."),
        (Name("cancelled"), "Its person ended it, or broke it off and did not go on. Does not count."),
        (Name("abandoned"), $"Nothing was heard of it for {FoldRules.Default.AbandonAfter.TotalHours} hours."),
        (Name("stuck"), $"The agent gave up after mistakes, or {FoldRules.Default.StuckFailures} results in a row failed and then nothing followed."),
        (Name("timed_out"), "The last that was heard is that a model call took too long."),
        (Name("rolled_back"), "What it had done was taken back."),
    ];

    public static string Name(string state) => state switch
    {
        "waiting_approval" => "waits for a yes",
        "waiting_person" => "waits for its person",
        "claimed_complete" => "done, says the agent",
        "timed_out" => "timed out",
        "rolled_back" => "rolled back",
        _ => state,
    };

    public static Tone ToneOf(string state) => AgentTaskStates.Parse(state) switch
    {
        AgentTaskState.Accepted or AgentTaskState.ClaimedComplete => Tone.Good,
        AgentTaskState.Failed or AgentTaskState.Stuck or AgentTaskState.TimedOut or AgentTaskState.RolledBack => Tone.Bad,
        AgentTaskState.WaitingApproval or AgentTaskState.WaitingPerson or AgentTaskState.Abandoned => Tone.Warn,
        _ => Tone.Plain,
    };

    /// <summary>Who says so, or why; null when the state says all.</summary>
    public static string? Why(TaskView task) => (task.Source, task.Reason) switch
    {
        ("agent_claim", _) => null,
        ("user", _) => "a person said so",
        ("ci", _) => "its checks passed",
        ("scm", _) => "it was merged",
        (_, null) => null,
        (_, "silence") => "nothing was heard of it any more",
        (_, "checks_failed") => "its checks failed",
        (_, "rejected") => "somebody rejected it",
        (_, "taken_back") => string.Join(", ", TakenBack(task)) is { Length: > 0 } how ? how : "its work was taken back",
        (_, "failures") => "its tool calls failed one after the other",
        (_, "mistakes") => "the agent gave up after mistakes",
        (_, "reopened") => "it was opened again, and nothing followed",
        (_, "by_person") => "its person ended it",
        (_, "turn_failed") => "its last model call failed",
        (_, "lost") => "its last model call was lost with the server’s process",
        (_, "client_abort") => "its client broke the last model call off",
        (_, var error) => $"its last model call ended with {error}",
    };

    /// <summary>How its work was taken back.</summary>
    public static IEnumerable<string> TakenBack(TaskView task) => new[]
    {
        task.Restored ? "a checkpoint was restored" : null, task.RevertedByCommand ? "a command took it back" : null, task.RevertedByScm ? "its change was reverted" : null,
    }.OfType<string>();

    /// <summary>A verdict in words.</summary>
    public static string Verdict(string kind) => kind switch
    {
        "checks_passed" => "checks passed",
        "checks_failed" => "checks failed",
        _ => kind,
    };

    public static Tone VerdictTone(string kind) => kind is "accepted" or "merged" or "checks_passed" ? Tone.Good : Tone.Bad;

    /// <summary>An id as far as people tell it from others.</summary>
    public static string Short(string id) => id.Length > 13 ? id[..13] : id;
}
