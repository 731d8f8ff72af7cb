using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Tasks;

/// <summary>What moves a task, one fact at a time.</summary>
public class TaskMachineTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly List<TaskFact> facts = [];
    private int number;

    [Fact]
    public void A_task_is_active_while_it_works_and_abandoned_eight_hours_after_its_last_sign()
    {
        Turn(0);
        State(10).ShouldBe(AgentTaskState.Active);
        Fold(minutes: (8 * 60) - 1).DueAt.ShouldBe(noon.AddSeconds(30).AddHours(8));
        var abandoned = Fold(minutes: (8 * 60) + 1);
        (abandoned.State, abandoned.Reason, abandoned.EndedAt, abandoned.DueAt).ShouldBe((AgentTaskState.Abandoned, "silence", noon.AddSeconds(30).AddHours(8), null));

        Turn(600);
        State(601).ShouldBe(AgentTaskState.Active); // it was taken up again
    }

    [Fact]
    public void A_failed_call_fails_the_task_only_when_nothing_follows()
    {
        Turn(0, CallOutcome.Failed, "upstream_5xx");
        State(5).ShouldBe(AgentTaskState.Active);
        Fold(11).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.Failed), task => task.Reason.ShouldBe("upstream_5xx"));
        Turn(12, finish: "stop");
        State(13).ShouldBe(AgentTaskState.ClaimedComplete);
    }

    [Theory]
    [InlineData(CallOutcome.Aborted, "client_abort", AgentTaskState.Cancelled)]
    [InlineData(CallOutcome.Cancelled, "contained", AgentTaskState.Cancelled)]
    [InlineData(CallOutcome.Failed, "timeout", AgentTaskState.TimedOut)]
    [InlineData(CallOutcome.Refused, "budget_exceeded", AgentTaskState.Failed)]
    [InlineData(CallOutcome.Lost, null, AgentTaskState.Failed)]
    public void How_the_last_call_ended_says_how_the_task_did(CallOutcome outcome, string? error, AgentTaskState expected)
    {
        Turn(0, outcome, error);
        State(11).ShouldBe(expected);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("max_tokens")]
    [InlineData("refusal")]
    [InlineData("tool_calls")]
    public void An_answer_that_was_cut_off_or_goes_on_claims_nothing(string finish)
    {
        Turn(0, finish: finish);
        State(1).ShouldBe(AgentTaskState.Active);
    }

    [Fact]
    public void A_title_that_is_made_beside_the_work_neither_claims_nor_takes_a_claim_back()
    {
        Turn(0, finish: "stop", offersTools: false);
        Turn(0);
        State(1).ShouldBe(AgentTaskState.Active);
        Turn(2, finish: "stop");
        Turn(3, finish: "stop", offersTools: false);
        Fold(4).EndedAt.ShouldBe(noon.AddMinutes(2).AddSeconds(30));
    }

    [Fact]
    public void Feedback_on_a_completion_takes_the_claim_back_and_a_completion_that_the_tool_refused_was_none()
    {
        Turn(0);
        Tool(1, step: new() { ClaimsCompletion = true });
        State(2, byTool: true).ShouldBe(AgentTaskState.ClaimedComplete);
        facts[^1] = (ToolFact)facts[^1] with { Result = ToolResult.Success, ResultAt = noon.AddMinutes(5) };
        State(6, byTool: true).ShouldBe(AgentTaskState.Active);
        facts[^1] = (ToolFact)facts[^1] with { Result = ToolResult.Failure };
        Fold(6, byTool: true).EverClaimed.ShouldBeFalse();
    }

    [Fact]
    public void Waiting_for_a_yes_and_for_the_person_is_told_and_added_up()
    {
        Turn(0);
        Tool(1, outcome: DecisionOutcome.Held, asks: true);
        State(2).ShouldBe(AgentTaskState.WaitingApproval);
        facts[^1] = (ToolFact)facts[^1] with { Outcome = DecisionOutcome.Approved, OutcomeAt = noon.AddMinutes(11), Result = ToolResult.Success, ResultAt = noon.AddMinutes(12) };
        State(12).ShouldBe(AgentTaskState.Active);
        Turn(12);
        Tool(13, step: new() { AsksPerson = true });
        State(14).ShouldBe(AgentTaskState.WaitingPerson);
        facts[^1] = (ToolFact)facts[^1] with { Result = ToolResult.Success, ResultAt = noon.AddMinutes(18) };
        Turn(18, finish: "stop");
        Fold(19).Waited.ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void What_undoes_work_in_progress_is_a_rollback_when_it_undoes_all_of_it_and_the_task_may_still_succeed(bool all, bool expected)
    {
        Turn(0);
        Edit(1);
        Tool(2, step: new() { Reverts = true, RevertsAll = all });
        Turn(3, finish: "stop");
        Fold(4).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.WasTakenBack.ShouldBe(expected));
    }

    [Fact]
    public void Work_that_is_taken_back_after_it_was_done_stays_so_until_there_is_new_work()
    {
        Turn(0);
        Edit(1);
        Turn(2, finish: "stop");
        Turn(10);
        Tool(11, step: new() { Reverts = true, RevertsAll = true });
        Turn(12, finish: "stop");
        Fold(13).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.RolledBack), task => task.EndedAt.ShouldBe(noon.AddMinutes(2).AddSeconds(30)));
        Turn(20);
        Edit(21);
        Turn(22, finish: "stop");
        Fold(23).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.WasTakenBack.ShouldBeTrue());
    }

    [Theory]
    [InlineData(VerdictKind.ChecksPassed, SuccessSource.Ci, AgentTaskState.Accepted)]
    [InlineData(VerdictKind.ChecksFailed, SuccessSource.Ci, AgentTaskState.Failed)]
    [InlineData(VerdictKind.Merged, SuccessSource.Scm, AgentTaskState.Accepted)]
    [InlineData(VerdictKind.Rejected, SuccessSource.User, AgentTaskState.Failed)]
    public void What_was_said_of_work_while_the_agent_still_waited_for_it_counts_when_it_says_that_it_is_done(VerdictKind kind, SuccessSource source, AgentTaskState expected)
    {
        Turn(0);
        Edit(1);
        Verdict(2, kind, source);
        Turn(3);
        State(4).ShouldBe(AgentTaskState.Active);
        Turn(5, finish: "stop");
        State(6).ShouldBe(expected);
        Turn(7);
        Edit(8);
        Turn(9, finish: "stop");
        State(10).ShouldBe(AgentTaskState.ClaimedComplete); // of new work nobody has said anything
    }

    [Fact]
    public void Checks_that_pass_take_back_no_persons_rejection()
    {
        Turn(0, finish: "stop");
        Verdict(1, VerdictKind.Rejected, SuccessSource.User);
        Verdict(2, VerdictKind.ChecksPassed, SuccessSource.Ci);
        State(3).ShouldBe(AgentTaskState.Failed);
    }

    [Fact]
    public void An_answer_beside_a_subagent_that_works_is_no_claim()
    {
        Turn(0);
        Tool(0.6, step: new() { StartsSubtask = true });
        Turn(1, finish: "stop");
        State(2).ShouldBe(AgentTaskState.Active);
        facts[1] = (ToolFact)facts[1] with { Result = ToolResult.Success, ResultAt = noon.AddMinutes(3) };
        Turn(3, finish: "stop");
        State(4).ShouldBe(AgentTaskState.ClaimedComplete);
    }

    [Fact]
    public void Six_failures_in_a_row_and_then_silence_are_stuck()
    {
        Turn(0);
        for (var i = 0; i < 6; i++)
        {
            Tool(1 + i, result: ToolResult.Failure);
        }

        Fold(60).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.Stuck), task => task.Reason.ShouldBe("failures"));
        Tool(8, result: ToolResult.Success);
        State(60).ShouldBe(AgentTaskState.Active);
    }

    [Fact]
    public void What_an_agent_tells_counts_only_where_the_gateway_saw_nothing()
    {
        Turn(0, cost: 5);
        Tool(1, result: ToolResult.Failure);
        Event(1, new(TaskSignalKind.ToolEnded) { ToolCall = "c1", Class = ToolClass.Command, Result = ToolResult.Failure });
        Event(2, new(TaskSignalKind.Turn) { CostNanoUsd = 99 });
        var task = Fold(3);
        (task.CostNanoUsd, task.Turns, task.IsCostReported, Sum(task, TaskCount.Results)).ShouldBe((5, 1, false, 1));

        facts.RemoveAll(static fact => fact is TurnFact or ToolFact);
        task = Fold(3);
        (task.CostNanoUsd, task.Turns, task.IsCostReported, Sum(task, TaskCount.Results), Sum(task, TaskCount.ReportedNanoUsd)).ShouldBe((99, 1, true, 1, 99));
    }

    [Fact]
    public void Where_only_the_agent_tells_a_call_after_which_it_did_nothing_more_is_its_last_answer()
    {
        Event(0, new(TaskSignalKind.Turn));
        Event(1, new(TaskSignalKind.ToolEnded) { ToolCall = "c1", Result = ToolResult.Denied });
        Event(2, new(TaskSignalKind.ToolEnded) { ToolCall = "c1", Result = ToolResult.Failure });
        State(3).ShouldBe(AgentTaskState.Active);
        Event(4, new(TaskSignalKind.Turn));
        State(13).ShouldBe(AgentTaskState.Active);
        Fold(13).DueAt.ShouldBe(noon.AddMinutes(14));
        var task = Fold(15);
        task.EndedAt.ShouldBe(noon.AddMinutes(4));
        (task.State, Sum(task, TaskCount.Denied), Sum(task, TaskCount.Results)).ShouldBe((AgentTaskState.ClaimedComplete, 1, 0));
        State(15, byTool: true).ShouldBe(AgentTaskState.Active);
    }

    [Fact]
    public void What_moves_nothing_is_a_sign_all_the_same_and_what_has_no_time_is_none()
    {
        Event(0, TaskSignal.None);
        Fold(1).DueAt.ShouldBe(noon.AddHours(8));
        State(481).ShouldBe(AgentTaskState.Abandoned);
        Event(10, new(TaskSignalKind.Turn));
        Event(10.1, TaskSignal.None);
        State(21).ShouldBe(AgentTaskState.ClaimedComplete); // it takes no last answer back
        facts.Clear();
        Event(0, TaskSignal.None, untimed: true);
        Fold(481).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.Started), task => task.DueAt.ShouldBeNull());
    }

    [Fact]
    public void An_event_that_waited_in_its_clients_queue_counts_and_moves_nothing()
    {
        Turn(0, finish: "stop");
        Event(5, new(TaskSignalKind.Restored), untimed: true);
        Fold(6).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.WasRestored.ShouldBeTrue());
    }

    private AgentTaskState State(double minutes, bool byTool = false) => Fold(minutes, byTool).State;

    private AgentTask Fold(double minutes, bool byTool = false) => TaskFold.Of(new("task_1", "usr_1", "codex", [], byTool), facts, FoldRules.Default, noon.AddMinutes(minutes)).ShouldNotBeNull();

    private void Turn(double minute, CallOutcome outcome = CallOutcome.Complete, string? error = null, string finish = "tool_calls", bool offersTools = true, long cost = 0) => facts.Add(
        new TurnFact($"t{number++}", noon.AddMinutes(minute)) { EndedAt = noon.AddMinutes(minute).AddSeconds(30), Outcome = outcome, ErrorClass = error, Finish = finish, OffersTools = offersTools, CostNanoUsd = cost });

    private void Edit(double minute)
    {
        Tool(minute, result: ToolResult.Success);
        facts[^1] = (ToolFact)facts[^1] with { Class = ToolClass.Edit };
    }

    private void Tool(double minute, ToolResult? result = null, TaskStep? step = null, DecisionOutcome outcome = DecisionOutcome.Released, bool asks = false)
    {
        var came = result ?? (step is { Reverts: true } ? ToolResult.Success : (ToolResult?)null);
        facts.Add(new ToolFact($"d{number++}", noon.AddMinutes(minute))
        {
            Turn = facts.OfType<TurnFact>().Last().Id,
            ToolCall = "c1",
            Tool = "bash",
            Class = ToolClass.Command,
            Outcome = outcome,
            OutcomeAt = noon.AddMinutes(minute),
            AsksApproval = asks,
            Step = step ?? TaskStep.None,
            Result = came,
            ResultAt = came is null ? null : noon.AddMinutes(minute).AddSeconds(10),
        });
    }

    private void Event(double minute, TaskSignal signal, bool untimed = false) => facts.Add(new EventFact($"e{number++}", noon.AddMinutes(minute), signal, untimed));

    private void Verdict(double minute, VerdictKind kind, SuccessSource source) => facts.Add(new VerdictFact($"v{number++}", noon.AddMinutes(minute), kind, source));

    private static long Sum(AgentTask task, TaskCount count) => task.Shares.Sum(share => share.Tally[count]);
}
