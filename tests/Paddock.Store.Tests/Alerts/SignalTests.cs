using Paddock.Core.Alerts;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;

namespace Paddock.Store.Tests.Alerts;

/// <summary>What alerts look at, counted from calls and decisions.</summary>
public class SignalTests
{
    private int last;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_provider_failed_when_its_last_try_of_a_call_did_and_that_was_its_fault(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, CallOutcome.Complete, [("primary", 429, "rate_limited"), ("primary", 200, null)]);
        Call(store, CallOutcome.Complete, [("primary", 503, "upstream_5xx"), ("second", 200, null)]);
        Call(store, CallOutcome.Failed, [("primary", 400, "upstream_4xx")]);
        Call(store, CallOutcome.Aborted, [("primary", 0, "client_abort")]);
        Call(store, CallOutcome.Refused, []);
        Call(store, CallOutcome.Failed, [("primary", 0, "connect"), ("second", 0, "timeout")]);

        await CountAsync(store);

        (await SumsAsync(store, Signal.ProviderTries)).ShouldBe([new("primary", new(2, 5)), new("second", new(1, 2))]);
        (await SumsAsync(store, Signal.RouteCalls)).ShouldBe([new("gpt-5", new(1, 4))]); // neither what the client broke off nor what Paddock refused
    }

    [Theory, EachEngine]
    public async Task Refused_credentials_are_a_count_of_their_own(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, CallOutcome.Failed, [("primary", 401, "upstream_auth")]);
        Call(store, CallOutcome.Failed, [("primary", 403, "upstream_auth")]);
        Call(store, CallOutcome.Complete, [("primary", 200, null)]);

        await CountAsync(store);

        (await SumsAsync(store, Signal.ProviderCredentials)).ShouldBe([new("primary", new(2, 3))]);
        (await SumsAsync(store, Signal.ProviderTries)).ShouldBe([new("primary", new(0, 3))]);
    }

    [Theory, EachEngine]
    public async Task Commands_count_once_they_ended_and_changes_when_they_were_let_go(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Decision(store, ToolClass.Command, DecisionOutcome.Released, ToolEnd.Timeout);
        Decision(store, ToolClass.Command, DecisionOutcome.Released, ToolEnd.Success);
        Decision(store, ToolClass.Command, DecisionOutcome.Released, null);
        Decision(store, ToolClass.Command, DecisionOutcome.Refused, ToolEnd.Denied);
        Decision(store, ToolClass.Edit, DecisionOutcome.Approved, ToolEnd.Success, mutates: true);
        Decision(store, ToolClass.Edit, DecisionOutcome.Refused, null, mutates: true);

        await CountAsync(store);

        (await SumsAsync(store, Signal.Commands)).ShouldBe([new("codex", new(1, 2))]);
        (await SumsAsync(store, Signal.Mutations)).ShouldBe([new("codex/Edit", new(0, 1))]);
        (await SumsAsync(store, Signal.MutationClasses)).ShouldBe([new("codex/Edit/edit", new(0, 1))]);
        (await store.Get<ISignals>().FirstAsync(Signal.MutationClasses, Cancellation)).ShouldBe(StoreUnderTest.Noon);
        (await store.Get<ISignals>().FirstAsync(Signal.Spend, Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task Spend_is_summed_and_found_by_five_minutes(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, CallOutcome.Complete, [("primary", 200, null)], cost: 5, at: StoreUnderTest.Noon.AddMinutes(1));
        Call(store, CallOutcome.Complete, [("primary", 200, null)], cost: 7, at: StoreUnderTest.Noon.AddMinutes(4));
        Call(store, CallOutcome.Complete, [("primary", 200, null)], cost: 11, at: StoreUnderTest.Noon.AddMinutes(5));
        store.Skip(TimeSpan.FromMinutes(6));

        await CountAsync(store);

        var points = await store.Get<ISignals>().PointsAsync(Signal.Spend, StoreUnderTest.Noon, StoreUnderTest.Noon.AddHours(1), Cancellation);
        points.ShouldBe([new("", StoreUnderTest.Noon, new(0, 2, 12)), new("", StoreUnderTest.Noon.AddMinutes(5), new(0, 1, 11))]);
        (await store.Get<ISignals>().SumsAsync(Signal.Spend, StoreUnderTest.Noon.AddMinutes(4), StoreUnderTest.Noon.AddMinutes(6), Cancellation)).ShouldBe([new("", new(0, 2, 18))]);
        (await store.Get<ISignals>().FirstAsync(Cancellation)).ShouldBe(StoreUnderTest.Noon);
    }

    [Theory, EachEngine]
    public async Task Counted_again_nothing_changes_and_what_came_late_is_counted_then(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var open = Open(store, StoreUnderTest.Noon);
        await CountAsync(store);
        store.Skip(TimeSpan.FromMinutes(9));
        Close(store, open, CallOutcome.Failed, [("primary", 0, "timeout")], 0);

        await CountAsync(store);
        await CountAsync(store);

        (await SumsAsync(store, Signal.ProviderTries)).ShouldBe([new("primary", new(1, 1))]);
    }

    [Theory, EachEngine]
    public async Task What_was_never_counted_is_made_up_for_and_the_oldest_goes(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        Call(store, CallOutcome.Complete, [("primary", 200, null)]);
        store.Skip(TimeSpan.FromDays(10));
        Call(store, CallOutcome.Complete, [("primary", 200, null)], at: StoreUnderTest.Noon.AddDays(10));

        await CountAsync(store);

        (await SumsAsync(store, Signal.ProviderTries, TimeSpan.FromDays(11))).ShouldBe([new("primary", new(0, 2))]);
        (await store.QueryAsync<long>("SELECT count(*) FROM signals WHERE seconds = 60 AND signal = 1")).ShouldBe([1]);
        store.Skip(TimeSpan.FromDays(40));
        await CountAsync(store);
        (await store.QueryAsync<long>("SELECT count(*) FROM signals")).ShouldBe([0]);
    }

    [Fact]
    public async Task Of_two_processes_on_one_database_one_counts()
    {
        await using var store = await StoreUnderTest.StartAsync(Engine.Postgres);
        await using var other = await store.AnotherAsync(options => options with { DataDirectory = Directory.CreateTempSubdirectory("paddock-store-").FullName });

        (await store.Get<ISignals>().CountAsync(Cancellation)).ShouldBeTrue();
        (await other.Get<ISignals>().CountAsync(Cancellation)).ShouldBeFalse();
    }

    private static async Task CountAsync(StoreUnderTest store)
    {
        await store.Ledger.FlushAsync(Cancellation);
        await store.Decisions.FlushAsync(Cancellation);
        (await store.Get<ISignals>().CountAsync(Cancellation)).ShouldBeTrue();
    }

    private static async Task<SignalSum[]> SumsAsync(StoreUnderTest store, Signal signal, TimeSpan? back = null) =>
        [.. await store.Get<ISignals>().SumsAsync(signal, store.Time.GetUtcNow() - (back ?? TimeSpan.FromHours(1)), store.Time.GetUtcNow().AddMinutes(1), Cancellation)];

    private void Call(StoreUnderTest store, CallOutcome outcome, (string Provider, int Status, string? Error)[] tries, long cost = 0, DateTimeOffset? at = null) =>
        Close(store, Open(store, at ?? store.Time.GetUtcNow()), outcome, tries, cost);

    private static CallOpening Open(StoreUnderTest store, DateTimeOffset at)
    {
        var opening = new CallOpening { Id = CallId.Create(at), At = at, Principal = "usr_1", Key = "key_1", Agent = "codex", Wire = Wire.OpenAiChat, Path = "/v1/chat/completions", ModelAsked = "gpt-5", ReleaseDigest = "sha256:00" };
        store.Ledger.Open(opening);
        return opening;
    }

    private static void Close(StoreUnderTest store, CallOpening opening, CallOutcome outcome, (string Provider, int Status, string? Error)[] tries, long cost) => store.Ledger.Close(new()
    {
        Id = opening.Id,
        At = opening.At.AddSeconds(3),
        Outcome = outcome,
        ErrorClass = tries.LastOrDefault().Error,
        CostNanoUsd = cost,
        Attempts = [.. tries.Select((one, index) => new CallAttempt(index + 1, one.Provider, "gpt-5", opening.At, TimeSpan.FromSeconds(1), one.Status, one.Error, null))],
    });

    private void Decision(StoreUnderTest store, ToolClass @class, DecisionOutcome outcome, ToolEnd? end, bool mutates = false)
    {
        var id = $"dec_{++last}";
        store.Decisions.TryAppend(new()
        {
            Id = id,
            At = store.Time.GetUtcNow(),
            Call = CallId.Create(store.Time.GetUtcNow()),
            Principal = "usr_1",
            Key = "key_1",
            Agent = "codex",
            Tool = @class.ToString(),
            Class = @class,
            Effect = Effect.Allow,
            ShadowEffect = Effect.Allow,
            ReleaseDigest = "sha256:00",
            Mutating = mutates,
            Outcome = outcome,
            OutcomeAt = store.Time.GetUtcNow(),
        }).ShouldBeTrue();
        if (end is { } result)
        {
            store.Decisions.NoteResult(new(id, "usr_1", null, id, new(result), store.Time.GetUtcNow()));
        }
    }
}
