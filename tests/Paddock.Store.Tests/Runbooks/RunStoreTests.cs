using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Store.Tests.Runbooks;

/// <summary>What IRuns and IDrillBook promise, on both databases.</summary>
public class RunStoreTests
{
    private static readonly AuditActor actor = AuditActor.Of("system:runbooks");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_run_comes_back_as_it_was_with_the_runbook_it_began_with(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var run = Begin(store) with { Alert = "alr_1", Incident = "inc_1" };

        (await store.Get<IRuns>().AddAsync(run, actor, Cancellation)).ShouldBeTrue();
        (await store.Get<IRuns>().AddAsync(run with { Incident = "inc_2" }, actor, Cancellation)).ShouldBeFalse();

        ShouldBeSame((await store.Get<IRuns>().FindAsync(run.Id, Cancellation)).ShouldNotBeNull(), run);
        (await ActsAsync(store)).ShouldBe(["run.began"]);
    }

    [Theory, EachEngine]
    public async Task A_move_is_kept_with_its_entry_and_only_by_whoever_saw_the_last(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var run = Begin(store);
        await store.Get<IRuns>().AddAsync(run, actor, Cancellation);
        var move = RunMachine.Next(run, store.Time.GetUtcNow()).ShouldBeOfType<RunMove.Write>();

        (await store.Get<IRuns>().KeepAsync(move, actor, Cancellation)).ShouldBeTrue();
        (await store.Get<IRuns>().KeepAsync(move, actor, Cancellation)).ShouldBeFalse("it is not the last any more");

        ShouldBeSame((await store.Get<IRuns>().FindAsync(run.Id, Cancellation)).ShouldNotBeNull(), move.Run);
        (await ActsAsync(store)).ShouldBe(["run.began", "run.step_doing"]);
    }

    [Theory, EachEngine]
    public async Task Runs_are_listed_newest_first_by_what_is_asked_and_page(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ids = new List<string>();
        foreach (var incident in new[] { "inc_1", "inc_1", "inc_2" })
        {
            var run = Begin(store) with { Incident = incident };
            ids.Add(run.Id);
            await store.Get<IRuns>().AddAsync(run, actor, Cancellation);
            store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var over = (await store.Get<IRuns>().FindAsync(ids[2], Cancellation))!;
        await store.Get<IRuns>().KeepAsync(new(over with { State = RunState.Ended, EndedAt = store.Time.GetUtcNow(), Revision = 1 }, "ended", null, ""), actor, Cancellation);

        (await ListAsync(store, new())).ShouldBe([ids[2], ids[1], ids[0]]);
        (await ListAsync(store, new() { Open = true })).ShouldBe([ids[1], ids[0]]);
        (await ListAsync(store, new() { Incident = "inc_2" })).ShouldBe([ids[2]]);
        (await ListAsync(store, new() { Runbook = "other" })).ShouldBeEmpty();
        (await ListAsync(store, new() { Before = ids[1] })).ShouldBe([ids[0]]);
    }

    [Theory, EachEngine]
    public async Task Runs_that_began_in_one_moment_are_all_on_some_page(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var ids = Enumerable.Range(0, 3).Select(_ => Begin(store)).ToList();
        foreach (var run in ids)
        {
            await store.Get<IRuns>().AddAsync(run, actor, Cancellation);
        }

        var newest = ids.Select(static run => run.Id).OrderDescending(StringComparer.Ordinal).ToList();

        (await ListAsync(store, new() { Before = newest[0] })).ShouldBe(newest[1..]);
        (await ListAsync(store, new() { Before = newest[1] })).ShouldBe(newest[2..]);
    }

    [Theory, EachEngine]
    public async Task One_that_this_version_does_not_read_keeps_no_other_from_being_listed(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (strange, run) = (Begin(store), Begin(store));
        await store.Get<IRuns>().AddAsync(strange, actor, Cancellation);
        await store.Get<IRuns>().AddAsync(run, actor, Cancellation);
        await store.ExecuteAsync($"UPDATE runs SET source = '{{}}' WHERE id = '{strange.Id}'");

        (await ListAsync(store, new() { Open = true })).ShouldBe([run.Id]);
    }

    [Theory, EachEngine]
    public async Task Of_each_runbook_the_last_drill_is_known_and_each_has_its_entry(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var first = Drill(store, "backlog", passed: true);
        await store.Get<IDrillBook>().AddAsync(first, actor, Cancellation);
        store.Time.Advance(TimeSpan.FromMinutes(1));
        var (second, other) = (Drill(store, "backlog", passed: false), Drill(store, "traffic-spike", passed: true));
        await store.Get<IDrillBook>().AddAsync(second, actor, Cancellation);
        await store.Get<IDrillBook>().AddAsync(other, actor, Cancellation);

        (await store.Get<IDrillBook>().LastAsync(Cancellation)).Select(static one => (one.Id, one.Passed)).ShouldBe([(second.Id, false), (other.Id, true)]);
        var back = (await store.Get<IDrillBook>().ListAsync("backlog", 10, Cancellation))[^1];
        (back.Detected, back.Recovered, back.Digest, back.Lines.Single()).ShouldBe((first.Detected, null, first.Digest, first.Lines.Single()));
        (await ActsAsync(store)).ShouldBe(["drill.run", "drill.run", "drill.run"]);
    }

    private static Run Begin(StoreUnderTest store)
    {
        var runbook = ShippedRunbooks.All.Single(static one => one.Name == "provider-degradation");
        return Run.Begin(RunId.OfRun(store.Time.GetUtcNow()), runbook, RunMode.Auto, ImmutableDictionary<string, string>.Empty.Add("provider", "main"), actor.Id, store.Time.GetUtcNow());
    }

    private static DrillResult Drill(StoreUnderTest store, string runbook, bool passed) => new()
    {
        Id = RunId.OfDrill(store.Time.GetUtcNow()),
        Runbook = runbook,
        Digest = "d",
        Version = "1.0",
        At = store.Time.GetUtcNow(),
        Detected = TimeSpan.FromSeconds(50),
        Lines = [new("alert within 6 min", passed, "It took 0.8 min.")],
    };

    private static async Task<IReadOnlyList<string>> ListAsync(StoreUnderTest store, RunQuery query) => [.. (await store.Get<IRuns>().ListAsync(query, Cancellation)).Select(static run => run.Id)];

    private static async Task<IReadOnlyList<string>> ActsAsync(StoreUnderTest store) => await store.QueryAsync<string>("SELECT act FROM audit_entries WHERE act LIKE 'run.%' OR act LIKE 'drill.%' ORDER BY made_at, act");

    private static void ShouldBeSame(Run one, Run other)
    {
        (one.Id, one.Runbook.Digest, one.Mode, one.State, one.Alert, one.Incident, one.StartedAt, one.HoldUntil, one.Revision).ShouldBe((other.Id, other.Runbook.Digest, other.Mode, other.State, other.Alert, other.Incident, other.StartedAt, other.HoldUntil, other.Revision));
        one.Parameters.ShouldBe(other.Parameters);
        one.Steps.ShouldBe(other.Steps);
    }
}
