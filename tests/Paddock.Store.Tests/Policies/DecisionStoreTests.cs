using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;
using Paddock.Store.Policies;

namespace Paddock.Store.Tests.Policies;

/// <summary>Decisions on tool calls, on each database.</summary>
public class DecisionStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_decision_comes_back_as_it_was_handed_in(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var full = Judged.Call(1, "TOKEN=secret curl https://example.com/{a,b} > 'ä 漢.txt' && git push \"$BRANCH\"");
        var bare = Judged.Call(2) with
        {
            ToolCall = null,
            Digest = null,
            Teams = [],
            Task = null,
            NativeTask = null,
            Mode = null,
            Repository = null,
            Rule = null,
            Enforcement = null,
            ShadowRule = null,
            Warning = null,
            Inputs = null,
            NotEvaluated = "It is too long",
            Effect = Effect.Deny,
            Step = Paddock.Core.Tasks.TaskStep.None,
            Outcome = DecisionOutcome.Refused,
        };

        await AddAsync(store, full, bare);

        ShouldBeSame(await store.Decisions.FindAsync(full.Id, Cancellation), full);
        ShouldBeSame(await store.Decisions.FindAsync(bare.Id, Cancellation), bare);
        (await store.Decisions.FindAsync("dec_none", Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task What_a_held_call_becomes_and_its_first_result_are_kept(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var decision = Judged.Call(1) with { Outcome = DecisionOutcome.Held };
        store.Decisions.TryAppend(decision).ShouldBeTrue();

        store.Decisions.NoteOutcome(decision.Id, DecisionOutcome.Approved, StoreUnderTest.Noon.AddMinutes(1));
        store.Decisions.NoteResult(new(null, "usr_2", "task_1", "call_1", ToolResult.Success, StoreUnderTest.Noon.AddMinutes(2)));
        store.Decisions.NoteResult(new(null, "usr_1", "task_1", "call_1", ToolResult.OfExit(7), StoreUnderTest.Noon.AddMinutes(3)));
        store.Decisions.NoteResult(new(decision.Id, "usr_1", "task_1", "call_1", ToolResult.Success, StoreUnderTest.Noon.AddMinutes(4)));
        await store.Decisions.FlushAsync(Cancellation);

        var kept = (await store.Decisions.FindAsync(decision.Id, Cancellation)).ShouldNotBeNull();
        (kept.Outcome, kept.OutcomeAt).ShouldBe((DecisionOutcome.Approved, StoreUnderTest.Noon.AddMinutes(1)));
        (kept.Result, kept.ResultAt).ShouldBe((new ToolResult(ToolEnd.Failure, 7), StoreUnderTest.Noon.AddMinutes(3)));
    }

    [Theory, EachEngine]
    public async Task A_call_is_found_by_whoever_made_it_in_which_task(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await AddAsync(store, Judged.Call(1), Judged.Call(2) with { ToolCall = "call_1" }, Judged.Call(3) with { ToolCall = "call_1", Task = "task_2", NativeTask = "session-2" }, Judged.Call(4) with { ToolCall = "call_1", Principal = "usr_2" });

        (await FoundAsync(new("usr_1", "task_1", null, "call_1", null))).ShouldBe("dec_0002"); // the newer of two
        (await FoundAsync(new("usr_1", null, "session-2", "call_1", null))).ShouldBe("dec_0003");
        (await FoundAsync(new("usr_1", "task_1", null, "call_1", "digest_1"))).ShouldBe("dec_0001");
        (await FoundAsync(new("usr_2", "task_1", null, "call_1", null))).ShouldBe("dec_0004");
        (await FoundAsync(new("usr_3", null, null, "call_1", null))).ShouldBeNull();

        async Task<string?> FoundAsync(DecisionKey key) => (await store.Decisions.FindAsync(key, Cancellation))?.Id;
    }

    [Theory, EachEngine]
    public async Task Decisions_are_listed_newest_first_by_what_is_asked_and_read_oldest_first(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await AddAsync(store, [.. Enumerable.Range(1, 5).Select(number => Judged.Call(number, change: one => number == 3 ? one with { Effect = Effect.Deny, Rule = "other/rule", Tool = "write", Class = ToolClass.Edit, Agent = "cline" } : one))]);

        (await ListAsync(new())).ShouldBe(["dec_0005", "dec_0004", "dec_0003", "dec_0002", "dec_0001"]);
        (await ListAsync(new() { Limit = 2 })).ShouldBe(["dec_0005", "dec_0004"]);
        (await ListAsync(new() { Limit = 2, Before = "dec_0004" })).ShouldBe(["dec_0003", "dec_0002"]);
        (await ListAsync(new() { Effect = Effect.Deny })).ShouldBe(["dec_0003"]);
        (await ListAsync(new() { Rule = "other/rule" })).ShouldBe(["dec_0003"]);
        (await ListAsync(new() { Rule = "git/shadow", Agent = "cline" })).ShouldBe(["dec_0003"]);
        (await ListAsync(new() { Class = ToolClass.Edit, Tool = "write" })).ShouldBe(["dec_0003"]);
        (await ListAsync(new() { Since = StoreUnderTest.Noon.AddSeconds(4), Principal = "usr_1", Task = "task_1", NativeTask = "session-1" })).ShouldBe(["dec_0005", "dec_0004"]);
        (await ListAsync(new() { Until = StoreUnderTest.Noon.AddSeconds(2), ReleaseDigest = "sha256:1" })).ShouldBe(["dec_0001"]);
        var read = new List<string>();
        await foreach (var one in store.Decisions.ReadAsync(new() { Since = StoreUnderTest.Noon.AddSeconds(2), Limit = 1 }, Cancellation))
        {
            read.Add(one.Id);
        }

        read.ShouldBe(["dec_0002", "dec_0003", "dec_0004", "dec_0005"]);

        async Task<string[]> ListAsync(DecisionQuery query) => [.. (await store.Decisions.ListAsync(query, Cancellation)).Select(one => one.Id)];
    }

    [Theory, EachEngine]
    public async Task More_than_a_page_is_read_to_its_end(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await AddAsync(store, [.. Enumerable.Range(1, 1203).Select(number => Judged.Call(number, change: one => one with { At = StoreUnderTest.Noon }))]);

        var read = new List<string>();
        await foreach (var one in store.Decisions.ReadAsync(new(), Cancellation))
        {
            read.Add(one.Id);
        }

        read.ShouldBe(Enumerable.Range(1, 1203).Select(number => $"dec_{number:D4}"));
    }

    [Theory, EachEngine]
    public async Task A_released_call_of_which_nothing_was_heard_for_a_day_has_ended_nobody_knows_how(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await AddAsync(store, Judged.Call(1), Judged.Call(2) with { Outcome = DecisionOutcome.Refused }, Judged.Call(3) with { Result = ToolResult.Success, ResultAt = StoreUnderTest.Noon }, Judged.Call(7200));

        store.Skip(TimeSpan.FromHours(25));
        await store.Get<DecisionUpkeep>().LookAsync(Cancellation);

        (await store.QueryAsync<string>("SELECT id || ' ' || coalesce(result, '') FROM decisions ORDER BY id")).ShouldBe(["dec_0001 unknown", "dec_0002 ", "dec_0003 success", "dec_7200 "]);
    }

    [Theory, EachEngine]
    public async Task A_decision_is_kept_as_long_as_is_set_and_not_longer(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine, options => options with { KeepDecisions = TimeSpan.FromDays(2) });
        await AddAsync(store, Judged.Call(1), Judged.Call(7200));

        store.Skip(TimeSpan.FromDays(2) + TimeSpan.FromHours(1));
        await store.Get<DecisionUpkeep>().LookAsync(Cancellation);

        (await store.QueryAsync<string>("SELECT id FROM decisions")).ShouldBe(["dec_7200"]);
    }

    [Theory, EachEngine]
    public async Task Text_that_a_database_does_not_take_keeps_no_decision_from_being_recorded(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await AddAsync(store, Judged.Call(1) with { Tool = "a\0b\ud800" + new string('x', 5000), ToolCall = "\0" }, Judged.Call(2));

        (await store.Decisions.FindAsync("dec_0001", Cancellation)).ShouldNotBeNull().Tool.ShouldStartWith("a\ufffdb\ufffd");
        (await store.Decisions.FindAsync("dec_0002", Cancellation)).ShouldNotBeNull();
    }

    [Theory, EachEngine]
    public async Task What_was_handed_in_before_the_end_is_there_at_the_next_start(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        store.Decisions.TryAppend(Judged.Call(1)).ShouldBeTrue();

        await store.StopAsync();
        await using var next = await store.AnotherAsync();

        (await next.Decisions.FindAsync("dec_0001", Cancellation)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task Decisions_survive_a_change_of_database(Engine from, Engine to)
    {
        await using var store = await StoreUnderTest.StartAsync(from);
        var decision = Judged.Call(1, "A=b git push > x") with { Result = ToolResult.OfExit(3), ResultAt = StoreUnderTest.Noon };
        store.Decisions.TryAppend(decision).ShouldBeTrue();
        var file = Path.Combine(store.Options.DataDirectory, "backup");
        await store.Maintenance.BackupAsync(file, Cancellation);
        await using var other = await StoreUnderTest.BuildAsync(to);

        await other.Maintenance.RestoreAsync(file, replaces: false, Cancellation);
        await other.Maintenance.StartAsync(Cancellation);

        ShouldBeSame(await other.Decisions.FindAsync(decision.Id, Cancellation), decision);
    }

    private static void ShouldBeSame(StoredDecision? found, StoredDecision expected)
    {
        found.ShouldNotBeNull();
        (found with { Inputs = null }).ShouldBeEquivalentTo(expected with { Inputs = null });
        (found.Inputs is { } kept ? DecisionDocument.Of(kept) : null).ShouldBe(expected.Inputs is { } inputs ? DecisionDocument.Of(inputs) : null);
    }

    private static async Task AddAsync(StoreUnderTest store, params StoredDecision[] decisions)
    {
        foreach (var decision in decisions)
        {
            store.Decisions.TryAppend(decision).ShouldBeTrue();
        }

        await store.Decisions.FlushAsync(Cancellation);
    }
}
