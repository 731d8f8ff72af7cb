using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Tasks;

/// <summary>Tasks of agents whose model calls nobody sees: their hooks ask before a tool runs, and tell what came of it.</summary>
public class HookedTaskTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly List<TaskFact> facts = [];
    private int number;

    [Fact]
    public void What_the_person_says_sets_the_agent_to_work_where_nobody_tells_of_model_calls()
    {
        Says(0, TaskSignalKind.Answered);
        Fold(1).State.ShouldBe(AgentTaskState.Active);
        Says(2, TaskSignalKind.Claimed);
        Fold(3).State.ShouldBe(AgentTaskState.ClaimedComplete);

        Says(4, TaskSignalKind.Answered);
        Fold(5).State.ShouldBe(AgentTaskState.Active);
        Fold(600).State.ShouldBe(AgentTaskState.Abandoned);
        Says(6, TaskSignalKind.Claimed);
        Fold(7).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.EndedAt.ShouldBe(noon.AddMinutes(6)));
    }

    [Fact]
    public void Where_model_calls_are_told_the_next_one_takes_it_up_again()
    {
        Says(0, TaskSignalKind.Answered);
        Says(1, TaskSignalKind.Turn);
        Says(2, TaskSignalKind.Answered);

        Fold(3).State.ShouldBe(AgentTaskState.ClaimedComplete);
    }

    [Fact]
    public void Of_a_tool_that_has_run_the_person_is_no_longer_asked()
    {
        Says(0, TaskSignalKind.Answered);
        Says(1, TaskSignalKind.Asked);
        Fold(2).State.ShouldBe(AgentTaskState.WaitingPerson);

        Ended(4, ToolResult.Success, "c1");
        Says(5, TaskSignalKind.Claimed);
        Fold(6).Waited.ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void A_call_that_is_decided_on_and_whose_end_is_told_is_one()
    {
        Decided(0, "c1");
        Ended(1, ToolResult.Success, "c1");
        Ended(2, ToolResult.OfExit(1), "c2");

        Fold(3).ShouldSatisfyAllConditions(task => task.ToolCalls.ShouldBe(2), task => Sum(task, TaskCount.Results).ShouldBe(2), task => Sum(task, TaskCount.CommandNonZero).ShouldBe(1));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public void Ends_without_an_id_are_those_of_the_calls_without_one_that_were_let_go(int ends, int calls)
    {
        Decided(0, null);
        Decided(0, null);
        Decided(0, null);
        for (var end = 0; end < ends; end++)
        {
            Ended(1, ToolResult.Success, null);
        }

        Fold(2).ToolCalls.ShouldBe(calls);
    }

    [Fact]
    public void A_call_that_paddock_refused_did_not_fail_whatever_the_agent_makes_of_it()
    {
        Decided(0, "c1", DecisionOutcome.Refused);
        Ended(1, ToolResult.Failure, "c1");

        Fold(2).ShouldSatisfyAllConditions(
            task => task.ToolCalls.ShouldBe(1), task => Sum(task, TaskCount.Denied).ShouldBe(1), task => Sum(task, TaskCount.Results).ShouldBe(0), task => Sum(task, TaskCount.ToolFailed).ShouldBe(0));
    }

    [Fact]
    public void Of_two_that_tell_of_one_call_the_one_counts_that_knows_how_it_went()
    {
        Ended(0, new(ToolEnd.Unknown), "c1");
        Ended(1, ToolResult.Success, "c1");
        Ended(2, ToolResult.OfExit(3), "c1");

        Fold(3).ShouldSatisfyAllConditions(task => task.ToolCalls.ShouldBe(1), task => Sum(task, TaskCount.Results).ShouldBe(1), task => Sum(task, TaskCount.CommandNonZero).ShouldBe(1));
    }

    [Fact]
    public void A_call_whose_end_says_nothing_is_counted_and_is_no_result()
    {
        Ended(0, new(ToolEnd.Unknown), "c1");

        Fold(1).ShouldSatisfyAllConditions(task => task.ToolCalls.ShouldBe(1), task => Sum(task, TaskCount.Results).ShouldBe(0));
    }

    [Fact]
    public void Two_hooks_that_tell_the_same_are_one_by_what_they_say_and_their_mark()
    {
        var one = EventIdentity.OfHook("usr_1", "codex", "hook.PostToolUse", "s", "call c1", "{}");

        one.Once.ShouldBeTrue();
        EventIdentity.OfHook("usr_1", "codex", "hook.PostToolUse", "s", "call c1", "{}").ShouldBe(one);
        EventIdentity.OfHook("usr_1", "codex", "hook.PostToolUse", "s", "call c2", "{}").ShouldNotBe(one);
        EventIdentity.OfHook("usr_2", "codex", "hook.PostToolUse", "s", "call c1", "{}").ShouldNotBe(one);
        EventIdentity.OfHook("usr_1", "codex", "hook.PostToolUse", "s", "call c1", """{"tool":"x"}""").ShouldNotBe(one);
    }

    private AgentTask Fold(double minutes) => TaskFold.Of(new("task_1", "usr_1", "claude-code", [], false), facts, FoldRules.Default, noon.AddMinutes(minutes)).ShouldNotBeNull();

    private void Says(double minute, TaskSignalKind kind) => facts.Add(new EventFact($"e{number++}", noon.AddMinutes(minute), new(kind), false));

    private void Ended(double minute, ToolResult result, string? call) =>
        facts.Add(new EventFact($"e{number++}", noon.AddMinutes(minute), new(TaskSignalKind.ToolEnded) { ToolCall = call, Tool = "Bash", Class = ToolClass.Command, Result = result }, false));

    private void Decided(double minute, string? call, DecisionOutcome outcome = DecisionOutcome.Released) => facts.Add(new ToolFact($"d{number++}", noon.AddMinutes(minute))
    {
        Turn = $"h{number}",
        ToolCall = call,
        Tool = "Bash",
        Class = ToolClass.Command,
        Outcome = outcome,
        OutcomeAt = noon.AddMinutes(minute),
    });

    private static long Sum(AgentTask task, TaskCount count) => task.Shares.Sum(share => share.Tally[count]);
}
