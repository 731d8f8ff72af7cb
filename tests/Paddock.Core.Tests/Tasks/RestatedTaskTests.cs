using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Tasks;

/// <summary>In which hour and place a task counts, however often something more is said of it.</summary>
public class RestatedTaskTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly List<TaskFact> facts = [];

    [Theory]
    [InlineData(VerdictKind.Accepted, AgentTaskState.Accepted)]
    [InlineData(VerdictKind.Merged, AgentTaskState.Accepted)]
    [InlineData(VerdictKind.ChecksFailed, AgentTaskState.Failed)]
    [InlineData(VerdictKind.Rejected, AgentTaskState.Failed)]
    [InlineData(VerdictKind.Reverted, AgentTaskState.RolledBack)]
    public void Work_that_was_accepted_without_a_claim_counts_in_the_hour_of_that_whatever_is_said_later(VerdictKind later, AgentTaskState expected)
    {
        facts.Add(Turn("t1", 0));
        Verdict(10, VerdictKind.Accepted);
        Verdict(30, later);

        Fold(40).ShouldSatisfyAllConditions(task => task.State.ShouldBe(expected), task => task.EndedAt.ShouldBe(noon.AddHours(10)));
    }

    [Fact]
    public void Work_that_was_accepted_without_a_claim_is_taken_back_within_fourteen_days_of_that()
    {
        facts.Add(Turn("t1", 0));
        Verdict(10, VerdictKind.Merged);
        Verdict((15 * 24) + 10, VerdictKind.Reverted);

        Fold(400).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.Accepted), task => task.WasTakenBack.ShouldBeFalse());
    }

    [Fact]
    public void A_result_counts_in_the_repository_of_its_own_turn()
    {
        facts.AddRange([Turn("t1", 0) with { Repository = "shop" }, Turn("t2", 1) with { Repository = "shop" }, Turn("t3", 2) with { Repository = "docs" }]);
        facts.AddRange([Result("d1", "t1", 0), Result("d2", "t2", 1), Result("d3", "t3", 2)]);

        Fold(3).Shares.Where(static share => share.Tally[TaskCount.Results] > 0).Select(static share => share.Place.Repository).ShouldBe(["shop", "shop", "docs"]);
    }

    [Fact]
    public void A_clock_that_is_put_back_makes_no_end_before_its_beginning()
    {
        facts.Add(Turn("t1", 0) with { EndedAt = noon.AddSeconds(-2), Finish = "stop" });

        Fold(9).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.Cycle.ShouldBe(TimeSpan.Zero));
    }

    [Fact]
    public void A_call_that_was_let_go_by_a_clock_that_is_behind_waits_no_more()
    {
        facts.Add(Turn("t1", 0));
        facts.Add(Result("d1", "t1", 0) with { AsksApproval = true, Outcome = DecisionOutcome.Approved, OutcomeAt = noon.AddSeconds(-1) });

        Fold(0.1).State.ShouldBe(AgentTaskState.Active);
    }

    [Theory]
    [InlineData("t1", 60)]
    [InlineData("asked by a hook", 90)]
    public void A_held_call_for_which_nobody_waits_any_more_holds_the_task_no_longer(string turn, int waited)
    {
        var held = Result("d1", turn, 0) with { AsksApproval = true, Outcome = DecisionOutcome.Held, Result = null, ResultAt = null };
        facts.AddRange([Turn("t1", 0) with { EndedAt = turn == "t1" ? null : noon, Outcome = turn == "t1" ? null : CallOutcome.Complete }, held]);
        Fold(0.5).State.ShouldBe(AgentTaskState.WaitingApproval);

        facts[0] = Turn("t1", 0) with { EndedAt = turn == "t1" ? noon.AddHours(1) : noon, Outcome = turn == "t1" ? CallOutcome.Aborted : CallOutcome.Complete };
        facts.Add(Turn("t2", 1.5));

        Fold(2).State.ShouldBe(AgentTaskState.Active);
        facts.Add(Turn("t3", 5) with { Finish = "stop" });
        Fold(6).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.Waited.ShouldBe(TimeSpan.FromMinutes(waited)));
    }

    private AgentTask Fold(double hours) => TaskFold.Of(new("task_1", "usr_1", "codex", [], false), facts, FoldRules.Default, noon.AddHours(hours)).ShouldNotBeNull();

    private static TurnFact Turn(string id, double hour) =>
        new(id, noon.AddHours(hour)) { EndedAt = noon.AddHours(hour).AddSeconds(30), Outcome = CallOutcome.Complete, Finish = "tool_calls", OffersTools = true };

    private static ToolFact Result(string id, string turn, double hour) => new(id, noon.AddHours(hour))
    {
        Turn = turn,
        ToolCall = id,
        Tool = "bash",
        Class = ToolClass.Command,
        Outcome = DecisionOutcome.Released,
        OutcomeAt = noon.AddHours(hour),
        Result = ToolResult.Success,
        ResultAt = noon.AddHours(hour).AddSeconds(10),
    };

    private void Verdict(double hour, VerdictKind kind) => facts.Add(new VerdictFact($"v{hour}", noon.AddHours(hour), kind, kind is VerdictKind.Accepted or VerdictKind.Rejected ? SuccessSource.User : SuccessSource.Scm));
}
