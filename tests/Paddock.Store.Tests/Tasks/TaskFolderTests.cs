using Paddock.Core.Audit;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Tasks;
using Paddock.Store.Tasks;
using Paddock.Testing.Fleet;

namespace Paddock.Store.Tests.Tasks;

/// <summary>Folding through faults, in several processes, and with facts that come late, on each database.</summary>
public class TaskFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_task_that_cannot_be_folded_keeps_no_other(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "good");
        await WorkAsync(store, "bad");
        await FlushSourcesAsync(store);
        await store.ExecuteAsync($"INSERT INTO task_verdicts (id, task_id, at, kind, source, checks, said_by) VALUES ('ver_1', '{Id("bad")}', 1, 'praised', 'user', '', 'usr_1')");

        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await store.Get<ITasks>().FindAsync(Id("good"), Cancellation)).ShouldNotBeNull().Task.State.ShouldBe(AgentTaskState.ClaimedComplete);
        (await store.Get<ITasks>().FindAsync(Id("bad"), Cancellation)).ShouldBeNull();
        (await store.QueryAsync<long>("SELECT count(*) FROM task_changes")).ShouldBe([0]);
    }

    [Theory, EachEngine]
    public async Task What_was_not_folded_when_a_process_ended_the_next_one_folds(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "s1");
        await store.StopAsync();
        await using var next = await store.AnotherAsync();

        await next.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(next))[TaskCount.Claimed].ShouldBe(1);
    }

    [Fact]
    public async Task Two_processes_that_fold_at_once_count_each_task_once()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var other = await store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });
        for (var i = 0; i < 300; i++)
        {
            await WorkAsync(store, $"s{i}");
        }

        await FlushSourcesAsync(store);
        await Task.WhenAll(store.Get<ITasks>().FlushAsync(Cancellation), other.Get<ITasks>().FlushAsync(Cancellation));
        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(other))[TaskCount.Claimed].ShouldBe(300);
        Directory.Delete(other.Options.DataDirectory, recursive: true);
    }

    [Theory, EachEngine]
    public async Task A_verdict_on_a_task_that_nobody_knows_counts_as_soon_as_it_is_known(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var verdict = new TaskVerdict { Id = "ver_1", Task = Id("s1"), At = StoreUnderTest.Noon.AddHours(1), Kind = VerdictKind.Merged, Source = SuccessSource.Scm, By = "system:github" };
        var entry = new AuditEvent { Act = AuditActs.TaskVerdict, Actor = AuditActor.Of("system:github"), Ref = verdict.Task };
        (await store.Get<ITasks>().AddVerdictAsync(verdict, entry, Cancellation)).ShouldBeTrue();
        (await store.Get<ITasks>().AddVerdictAsync(verdict, entry, Cancellation)).ShouldBeFalse();
        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await store.Get<ITasks>().ListAsync(new(), Cancellation)).ShouldBeEmpty();

        await WorkAsync(store, "s1");
        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(store))[TaskCount.AcceptedByScm].ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task Where_a_root_task_belongs_its_subtasks_cost_follows_and_the_root_knows_it(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "child", mode: "code", parent: "root", cost: 7);
        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await SpendByModeAsync(store)).ShouldBe([("code", 7L)]);

        await WorkAsync(store, "root", mode: "orchestrator", cost: 2);
        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await SpendByModeAsync(store)).ShouldBe([("orchestrator", 9L)]);
        (await store.Get<ITasks>().FindAsync(Id("root"), Cancellation)).ShouldNotBeNull().WholeNanoUsd.ShouldBe(9);

        await WorkAsync(store, "root", mode: "architect", cost: 1, times: 2);
        await WorkAsync(store, "child", mode: "code", parent: "root", cost: 10);
        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await SpendByModeAsync(store)).ShouldBe([("architect", 21L)]);
        (await store.Get<ITasks>().FindAsync(Id("root"), Cancellation)).ShouldNotBeNull().WholeNanoUsd.ShouldBe(21);
        (await TotalAsync(store))[TaskCount.Claimed].ShouldBe(1);
        (await store.Get<ITasks>().ListAsync(new() { Parent = Id("root") }, Cancellation)).ShouldHaveSingleItem().Root.ShouldBe(Id("root"));
    }

    [Theory, EachEngine]
    public async Task Tasks_that_call_each_other_parents_are_counted_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "a", parent: "b", cost: 1);
        await WorkAsync(store, "b", parent: "a", cost: 1);
        await WorkAsync(store, "c", parent: "c", cost: 1);

        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(store))[TaskCount.SpendNanoUsd].ShouldBe(3);
        (await store.Get<ITasks>().FindAsync(Id("c"), Cancellation)).ShouldNotBeNull().Parent.ShouldBeNull();
        (await TotalAsync(store))[TaskCount.Claimed].ShouldBe(2); // of a circle one is the top
        for (var i = 0; i < 8; i++)
        {
            await WorkAsync(store, $"below {i}", parent: "a", cost: 1);
        }

        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await TotalAsync(store))[TaskCount.Claimed].ShouldBe(2); // and nothing below it is, whatever its id
    }

    [Theory, EachEngine]
    public async Task What_was_counted_of_hours_whose_facts_are_forgotten_stays_counted(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "s1", cost: 5);
        await store.Get<ITasks>().FlushAsync(Cancellation);
        await store.ExecuteAsync("DELETE FROM calls");
        store.Skip(TimeSpan.FromDays(31));

        await WorkAsync(store, "s1", cost: 3);
        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(store))[TaskCount.SpendNanoUsd].ShouldBe(8);
    }

    [Theory, EachEngine]
    public async Task A_parent_that_nobody_knows_takes_no_task_out_of_the_numbers(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "s1", parent: "nobody");
        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(store))[TaskCount.Claimed].ShouldBe(1);
        (await store.Get<ITasks>().ListAsync(new(), Cancellation)).ShouldHaveSingleItem();
    }

    [Theory, EachEngine]
    public async Task A_task_that_is_folded_again_and_again_stands_in_the_tallies_once_with_all_that_it_says(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "s1", cost: 3_000_000_000);
        for (var i = 0; i < 3; i++)
        {
            await store.Get<ITasks>().FlushAsync(Cancellation);
            await store.ExecuteAsync($"INSERT INTO task_changes (task_id) VALUES ('{Id("s1")}')");
        }

        await store.Get<ITasks>().FlushAsync(Cancellation);

        var total = await TotalAsync(store);
        (total.EndedCostSquares, total.SucceededCostSquares, total.Ended, total.People.Count).ShouldBe((9, 9, 1, 1));
    }

    [Theory, EachEngine]
    public async Task A_task_that_is_taken_up_after_its_facts_are_forgotten_ends_once(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "s1");
        await store.Get<ITasks>().FlushAsync(Cancellation);
        store.Skip(TimeSpan.FromDays(31));
        await WorkAsync(store, "s1");
        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await TotalAsync(store))[TaskCount.Claimed].ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task Decisions_that_are_kept_for_hours_freeze_no_number_of_now(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, options => options with { KeepDecisions = TimeSpan.FromHours(12) });
        await WorkAsync(store, "s1", finish: "tool_calls", cost: 1);
        await store.Get<ITasks>().FlushAsync(Cancellation);
        await WorkAsync(store, "s1", cost: 1);
        await store.Get<ITasks>().FlushAsync(Cancellation);

        var total = await TotalAsync(store);
        (total[TaskCount.Claimed], total[TaskCount.SpendNanoUsd]).ShouldBe((1, 2));
    }

    [Theory, EachEngine]
    public async Task A_group_that_many_people_leave_at_once_is_not_of_many(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        for (var i = 0; i < 31; i++)
        {
            await WorkAsync(store, "s1", person: $"usr_{i}", mode: "code");
        }

        await store.Get<ITasks>().FlushAsync(Cancellation);
        for (var i = 1; i < 31; i++)
        {
            await WorkAsync(store, "s1", person: $"usr_{i}", mode: "ask", times: 2);
        }

        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await GroupsAsync(store, MetricDimension.Mode)).Select(static group => (group.Value, group.People)).ShouldBe([("ask", 30), ("code", 1)]);
    }

    [Theory, EachEngine]
    public async Task A_task_is_found_by_the_beginning_of_its_id_or_of_the_agents_own(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "Session-1");
        await WorkAsync(store, "Session-2", parent: "Session-1");
        await WorkAsync(store, "another");
        await store.Get<ITasks>().FlushAsync(Cancellation);

        foreach (var (search, found) in new[] { ("Session", 2), ("Session-2", 1), ("session", 0), ("ession", 0), (Id("another")[..20], 1), ("%", 0) })
        {
            (await store.Get<ITasks>().ListAsync(new() { Search = search }, Cancellation)).Length.ShouldBe(found, search);
        }
    }

    [Theory, EachEngine]
    public async Task Silence_alone_ends_a_task(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await WorkAsync(store, "s1", finish: "tool_calls");
        await store.Get<ITasks>().FlushAsync(Cancellation);
        (await TotalAsync(store)).Ended.ShouldBe(0);

        store.Skip(TimeSpan.FromHours(9));
        await store.Get<TaskFolder>().LookAsync(Cancellation);

        (await TotalAsync(store))[TaskCount.Abandoned].ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task Of_many_people_a_group_says_that_they_are_many(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        for (var i = 0; i < 40; i++)
        {
            await WorkAsync(store, "s1", person: $"usr_{i}", mode: i < 4 ? "few" : "many");
        }

        await store.Get<ITasks>().FlushAsync(Cancellation);

        (await GroupsAsync(store, MetricDimension.Mode)).Select(static group => (group.Value, group.People)).ShouldBe([("few", 4), ("many", PeopleCount.Many)]);
    }

    private static string Id(string native, string person = "usr_1") => TaskKey.Compute(person, "codex", native);

    private static async Task WorkAsync(StoreUnderTest store, string native, string person = "usr_1", string? mode = null, string? parent = null, long cost = 0, string finish = "stop", int times = 1)
    {
        var task = new FleetTask { Native = native, Parent = parent, Place = new() { Agent = "codex", Person = person, Mode = mode, Model = "m", Provider = "p" } };
        for (var i = 0; i < times; i++)
        {
            var now = store.Time.GetUtcNow();
            await new FleetWriter(store).WriteAsync(task, new TurnFact(CallId.Create(now).ToString(), now)
            {
                ParentTask = parent,
                Mode = mode,
                Model = "m",
                Provider = "p",
                OffersTools = true,
                EndedAt = now,
                Outcome = CallOutcome.Complete,
                Finish = finish,
                CostNanoUsd = cost,
            });
        }
    }

    private static async Task FlushSourcesAsync(StoreUnderTest store)
    {
        await store.Ledger.FlushAsync(Cancellation);
        await store.Decisions.FlushAsync(Cancellation);
    }

    private static Task<System.Collections.Immutable.ImmutableArray<GroupTally>> GroupsAsync(StoreUnderTest store, MetricDimension dimension) =>
        store.Get<ITallies>().GroupsAsync(new(dimension, null, StoreUnderTest.Noon.AddDays(-1), StoreUnderTest.Noon.AddDays(60)), Cancellation);

    private static async Task<Tally> TotalAsync(StoreUnderTest store) => (await GroupsAsync(store, MetricDimension.All)).SingleOrDefault()?.Tally ?? new();

    private static async Task<IEnumerable<(string, long)>> SpendByModeAsync(StoreUnderTest store) =>
        (await GroupsAsync(store, MetricDimension.Mode)).Where(static group => group.Tally[TaskCount.SpendNanoUsd] > 0).Select(static group => (group.Value, group.Tally[TaskCount.SpendNanoUsd]));
}
