using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Store.Tests.Policies;

namespace Paddock.Store.Tests.Tasks;

/// <summary>What a process that has not seen a task is told of it, on each database.</summary>
public class TaskRecallTests
{
    private static readonly TaskScope scope = TaskScope.Of("usr_1", "task_1", StoreUnderTest.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Spend_and_turns_come_from_the_ledger_and_the_rest_from_calls_that_were_let_go(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, 1, cost: 300);
        Call(store, 2, cost: 200);
        Call(store, 3, cost: 0, outcome: CallOutcome.Refused);
        Call(store, 4, cost: 0, path: "/v1/messages/count_tokens");
        Call(store, 5, cost: 900, task: "task_2");
        Append(store, Judged.Call(1), Judged.Call(2) with { Outcome = DecisionOutcome.Refused }, Judged.Call(3) with { Step = TaskStep.None }, Judged.Call(4) with { Task = "task_2" });

        await store.StopAsync();
        await using var next = await store.AnotherAsync();
        var memory = await next.Get<ITaskMemory>().RecallAsync(scope, Cancellation);

        (memory.SpentNanoUsd, memory.Turns, memory.BeganAt).ShouldBe((500, 2, StoreUnderTest.Noon.AddSeconds(1)));
        var step = memory.Steps.ShouldHaveSingleItem();
        (step.Decision, step.At).ShouldBe(("dec_0001", StoreUnderTest.Noon.AddSeconds(1)));
        step.Step.ShouldBeEquivalentTo(new TaskStep { Mutates = true, StartsSubtask = true, Files = ["a.txt"], Taint = ["read_external"] });
    }

    [Theory, EachEngine]
    public async Task What_was_handed_in_a_moment_ago_is_remembered(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, 1, cost: 300);
        Append(store, Judged.Call(1) with { Outcome = DecisionOutcome.Held });
        store.Decisions.NoteOutcome("dec_0001", DecisionOutcome.Approved, StoreUnderTest.Noon);

        var memory = await store.Get<ITaskMemory>().RecallAsync(scope, Cancellation);

        (memory.SpentNanoUsd, memory.Turns, memory.Steps.Length).ShouldBe((300, 1, 1));
    }

    [Theory, EachEngine]
    public async Task Calls_without_a_task_are_remembered_by_person_and_day(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, 1, cost: 300, task: null);
        Call(store, 2, cost: 200);
        Append(store, Judged.Call(1) with { Task = null }, Judged.Call(2));

        var today = await store.Get<ITaskMemory>().RecallAsync(TaskScope.Of("usr_1", null, StoreUnderTest.Noon), Cancellation);
        var tomorrow = await store.Get<ITaskMemory>().RecallAsync(TaskScope.Of("usr_1", null, StoreUnderTest.Noon.AddDays(1)), Cancellation);

        (today.SpentNanoUsd, today.Turns, today.Steps.Length).ShouldBe((300, 1, 1));
        (tomorrow.SpentNanoUsd, tomorrow.Turns, tomorrow.Steps.Length, tomorrow.BeganAt).ShouldBe((0, 0, 0, null));
    }

    [Theory, EachEngine]
    public async Task Of_a_principal_mutations_count_for_minutes_and_taint_for_a_day_whatever_the_task(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var mutates = new TaskStep { Mutates = true };
        Append(
            store,
            Judged.Call(1) with { Task = "task_9" }, // taints, and is older than five minutes
            Judged.Call(2) with { Step = mutates }, // too old
            Judged.Call(290, change: one => one with { Step = mutates, Task = null }),
            Judged.Call(291, change: one => one with { Principal = "usr_2" }),
            Judged.Call(292, change: one => one with { Outcome = DecisionOutcome.Refused }));

        var remembered = await store.Get<ITaskMemory>().RecallAsync("usr_1", StoreUnderTest.Noon.AddSeconds(580), Cancellation);
        var later = await store.Get<ITaskMemory>().RecallAsync("usr_1", StoreUnderTest.Noon.AddHours(25), Cancellation);

        remembered.Select(one => one.Decision).ShouldBe(["dec_0290", "dec_0001"]);
        later.ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task The_mode_that_a_task_last_said_is_that_of_its_newest_call_with_one(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, 1, cost: 0, mode: "code");
        Call(store, 3, cost: 0, mode: "architect", outcome: CallOutcome.Refused);
        Call(store, 2, cost: 0, mode: "ask");
        Call(store, 4, cost: 0);
        Call(store, 5, cost: 0, task: "task_2", mode: "debug");
        Call(store, 6, cost: 0, task: "task_3");

        string?[] modes = [.. await Task.WhenAll(new[] { "task_1", "task_2", "task_3", "task_4" }.Select(task => store.Get<ITaskMemory>().ModeOfAsync(task, Cancellation)))];

        modes.ShouldBe(["architect", "debug", null, null]);
    }

    private static void Append(StoreUnderTest store, params StoredDecision[] decisions) => Array.ForEach(decisions, decision => store.Decisions.TryAppend(decision).ShouldBeTrue());

    private static void Call(StoreUnderTest store, int number, long cost, string? task = "task_1", CallOutcome outcome = CallOutcome.Complete, string path = "/v1/messages", string? mode = null)
    {
        var id = new CallId(new Guid(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]));
        store.Ledger.Open(new()
        {
            Id = id,
            At = StoreUnderTest.Noon.AddSeconds(number),
            Principal = "usr_1",
            Key = "key_1",
            Agent = "codex",
            Task = task,
            Mode = mode,
            Wire = Paddock.Core.Models.Wire.AnthropicMessages,
            Path = path,
            ModelAsked = "m",
            ReleaseDigest = "sha256:1",
        });
        store.Ledger.Close(new() { Id = id, At = StoreUnderTest.Noon.AddSeconds(number), Outcome = outcome, CostNanoUsd = cost });
    }
}
