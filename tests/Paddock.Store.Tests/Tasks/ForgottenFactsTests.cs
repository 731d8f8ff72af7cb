using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Testing.Fleet;

namespace Paddock.Store.Tests.Tasks;

/// <summary>A task keeps what it came to when decisions and events that said so are forgotten, and what is said later still moves it.</summary>
public class ForgottenFactsTests
{
    private static readonly DateTimeOffset noon = StoreUnderTest.Noon;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Work_that_was_claimed_by_a_tool_is_merged_after_that_is_forgotten(Engine engine)
    {
        await using var store = await StartAsync(engine, byPerson: false);
        await ClaimByToolAsync(store);
        var before = await FoundAsync(store);
        before.State.ShouldBe(AgentTaskState.ClaimedComplete);

        await ForgetAsync(store, "decisions");
        await JudgeAsync(store, VerdictKind.Merged);

        var task = await FoundAsync(store);
        (task.State, task.Source, task.EndedAt, task.Cycle, task.ToolCalls).ShouldBe((AgentTaskState.Accepted, SuccessSource.Scm, before.EndedAt, before.Cycle, 1));
        (await GroupsAsync(store, MetricDimension.All, noon.AddDays(1))).Single().Tally[TaskCount.AcceptedByScm].ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task A_revert_long_after_a_claim_that_is_forgotten_takes_nothing_back(Engine engine)
    {
        await using var store = await StartAsync(engine, byPerson: false);
        await ClaimByToolAsync(store);
        await FoundAsync(store);

        await ForgetAsync(store, "decisions");
        await JudgeAsync(store, VerdictKind.Reverted);

        (await FoundAsync(store)).ShouldSatisfyAllConditions(task => task.State.ShouldBe(AgentTaskState.ClaimedComplete), task => task.WasTakenBack.ShouldBeFalse());
    }

    [Theory, EachEngine]
    public async Task A_task_of_which_only_its_client_told_is_judged_after_that_is_forgotten(Engine engine)
    {
        await using var store = await StartAsync(engine, byPerson: false);
        await TellAsync(store, new TaskSignal(TaskSignalKind.Started), 0);
        await TellAsync(store, new TaskSignal(TaskSignalKind.Claimed), 5);
        var before = await FoundAsync(store);
        (before.State, before.Cycle).ShouldBe((AgentTaskState.ClaimedComplete, TimeSpan.FromMinutes(5)));

        await ForgetAsync(store, "agent_events");
        await JudgeAsync(store, VerdictKind.Rejected);

        var task = await FoundAsync(store);
        (task.State, task.EndedAt, task.StartedAt, task.Cycle, task.IsCostReported).ShouldBe((AgentTaskState.Failed, before.EndedAt, before.StartedAt, before.Cycle, true));
    }

    [Theory, EachEngine]
    public async Task Work_that_was_taken_back_stays_so_when_the_restore_is_forgotten(Engine engine)
    {
        await using var store = await StartAsync(engine, byPerson: false);
        await ClaimByToolAsync(store);
        await TellAsync(store, new TaskSignal(TaskSignalKind.Restored), 20);
        (await FoundAsync(store)).State.ShouldBe(AgentTaskState.RolledBack);

        await ForgetAsync(store, "decisions");
        await ForgetAsync(store, "agent_events");
        await store.ExecuteAsync($"INSERT INTO task_changes (task_id) VALUES ('{Id}')");

        (await FoundAsync(store)).State.ShouldBe(AgentTaskState.RolledBack);
    }

    [Theory, EachEngine]
    public async Task What_was_counted_before_numbers_of_people_were_turned_on_takes_nothing_from_them(Engine engine)
    {
        await using var store = await StartAsync(engine, byPerson: false);
        await ClaimByToolAsync(store);
        await FoundAsync(store);
        await store.StopAsync();
        await using var next = await store.AnotherAsync(wire: static services => Wire(services, byPerson: true));

        await JudgeAsync(next, VerdictKind.Rejected);
        await FoundAsync(next);

        (await GroupsAsync(next, MetricDimension.Person)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task A_message_that_waited_at_a_client_whose_clock_is_wrong_by_years_says_no_time(Engine engine)
    {
        await using var store = await StartAsync(engine, byPerson: false);
        await ClaimByToolAsync(store);
        await store.Get<IAgentEvents>().AppendAsync(
            [new() { At = noon.AddMinutes(20), Principal = "usr_1", Agent = "roo-code", Task = Id, NativeTask = "s1", Type = nameof(TaskSignalKind.None), Message = new(1000, "say", "text", false, 1), Retried = true, Identity = new(new string('a', 64), true) }],
            Cancellation);

        (await FoundAsync(store)).ShouldSatisfyAllConditions(task => task.StartedAt.ShouldBe(noon), task => task.Cycle.ShouldBe(TimeSpan.FromMinutes(10)));
    }

    private static string Id { get; } = TaskKey.Compute("usr_1", "roo-code", "s1");

    private static FleetTask Work { get; } = new() { Native = "s1", Place = new() { Agent = "roo-code", Person = "usr_1", Model = "m", Provider = "p" } };

    private static Task<StoreUnderTest> StartAsync(Engine engine, bool byPerson) => StoreUnderTest.StartAsync(engine, wire: services => Wire(services, byPerson));

    private static void Wire(IServiceCollection services, bool byPerson)
    {
        services.AddSingleton(new MetricRules { ByPerson = byPerson });
        FleetDialect.All.ToList().ForEach(dialect => services.AddSingleton(dialect));
    }

    /// <summary>A model call, and in its answer a call of the tool by which the agent says that it is done.</summary>
    private static async Task ClaimByToolAsync(StoreUnderTest store)
    {
        var turn = CallId.Create(noon).ToString();
        await new FleetWriter(store).WriteAsync(Work, new TurnFact(turn, noon) { Model = "m", Provider = "p", OffersTools = true, EndedAt = noon.AddMinutes(9), Outcome = CallOutcome.Complete, Finish = "tool_calls", CostNanoUsd = 5 });
        await new FleetWriter(store).WriteAsync(Work, new ToolFact("dec_1", noon.AddMinutes(10))
        {
            Turn = turn,
            ToolCall = "c1",
            Tool = "attempt_completion",
            Class = ToolClass.Other,
            Outcome = DecisionOutcome.Released,
            OutcomeAt = noon.AddMinutes(10),
            Step = new() { ClaimsCompletion = true },
        });
    }

    private static Task TellAsync(StoreUnderTest store, TaskSignal signal, double minute) =>
        new FleetWriter(store).WriteAsync(Work, new EventFact(((int)signal.Kind).ToString("x32", System.Globalization.CultureInfo.InvariantCulture), noon.AddMinutes(minute), signal, false));

    /// <summary>Lets so much time pass that the upkeep removes them.</summary>
    private static async Task ForgetAsync(StoreUnderTest store, string table)
    {
        await store.ExecuteAsync($"DELETE FROM {table}");
        store.Time.AdjustTime(noon.AddDays(33));
    }

    private static Task JudgeAsync(StoreUnderTest store, VerdictKind kind) =>
        new FleetWriter(store).WriteAsync(Work, new VerdictFact($"ver_{kind}", store.Time.GetUtcNow(), kind, kind is VerdictKind.Rejected ? SuccessSource.User : SuccessSource.Scm));

    private static async Task<AgentTask> FoundAsync(StoreUnderTest store)
    {
        await store.Get<ITasks>().FlushAsync(Cancellation);
        return (await store.Get<ITasks>().FindAsync(Id, Cancellation)).ShouldNotBeNull().Task;
    }

    private static async Task<IEnumerable<GroupTally>> GroupsAsync(StoreUnderTest store, MetricDimension dimension, DateTimeOffset? until = null) =>
        await store.Get<ITallies>().GroupsAsync(new(dimension, null, noon.AddDays(-1), until ?? noon.AddDays(60)), Cancellation);
}
