using CsCheck;
using Paddock.Core.Ledger;
using Paddock.Core.Models;

namespace Paddock.Store.Tests.Ledger;

/// <summary>What ILedger and ILedgerReader promise, on both databases.</summary>
public class LedgerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task Any_call_comes_back_as_it_was(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        await Check.SampleAsync(Calls.Ended, async call =>
        {
            store.Ledger.Open(call.Opening);
            store.Ledger.Close(call.Closing!);
            await store.Ledger.FlushAsync(Cancellation);

            (await store.Reader.FindAsync(call.Opening.Id, Cancellation)).ShouldBeRow(call);
        }, iter: 60, threads: 1);
    }

    [Theory, EachEngine]
    public async Task Any_call_comes_back_as_it_was_when_it_was_stored_open_first(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        await Check.SampleAsync(Calls.Ended, async call =>
        {
            store.Ledger.Open(call.Opening);
            await store.Ledger.FlushAsync(Cancellation);
            (await store.Reader.FindAsync(call.Opening.Id, Cancellation)).ShouldBeRow(call with { Closing = null });

            store.Ledger.Close(call.Closing!);
            await store.Ledger.FlushAsync(Cancellation);
            (await store.Reader.FindAsync(call.Opening.Id, Cancellation)).ShouldBeRow(call);
        }, iter: 60, threads: 1);
    }

    [Theory, EachEngine]
    public async Task An_unknown_call_is_not_found(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        (await store.Reader.FindAsync(CallId.Create(StoreUnderTest.Noon), Cancellation)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task The_first_opening_and_the_first_closing_are_what_happened(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var opening = Calls.Opening();
        var closing = Calls.Closing(opening);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            store.Ledger.Open(opening);
            store.Ledger.Open(opening with { ModelAsked = "another" });
            store.Ledger.Close(closing);
            store.Ledger.Close(closing with { CostNanoUsd = 5, Attempts = [] });
            await store.Ledger.FlushAsync(Cancellation);
        }

        (await store.Reader.FindAsync(opening.Id, Cancellation)).ShouldBeRow(new(opening, closing));
        (await store.Reader.SpendSinceAsync(StoreUnderTest.Noon, Cancellation)).ShouldAllBe(b => b.NanoUsd == 1_000);
    }

    [Theory, EachEngine]
    public async Task A_closing_without_an_opening_changes_nothing(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var opening = Calls.Opening();

        store.Ledger.Close(Calls.Closing(opening));
        await store.Ledger.FlushAsync(Cancellation);

        (await store.Reader.FindAsync(opening.Id, Cancellation)).ShouldBeNull();
        (await store.Reader.SpendSinceAsync(DateTimeOffset.UnixEpoch, Cancellation)).ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task Texts_that_no_database_would_take_do_not_stop_the_ledger(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var opening = Calls.Opening() with
        {
            NativeTask = "nul\0and\ud800half",
            Device = new string('漢', 20_000),
            Agent = "",
            Teams = [.. Enumerable.Range(0, 3_000).Select(i => $"team-{i:D6}")],
        };

        store.Ledger.Open(opening);
        store.Ledger.Close(Calls.Closing(opening));
        await store.Ledger.FlushAsync(Cancellation);

        var row = (await store.Reader.FindAsync(opening.Id, Cancellation)).ShouldNotBeNull();
        row.Opening.NativeTask.ShouldBe("nul\uFFFDand\uFFFDhalf");
        row.Opening.Device.ShouldBe(new string('漢', 512));
        row.Opening.Agent.ShouldBe("");
        row.Opening.Teams.Count.ShouldBeGreaterThan(500);
        row.Opening.Teams.ShouldBe(opening.Teams.Take(row.Opening.Teams.Count));
    }

    [Theory, EachEngine]
    public async Task Many_calls_from_many_threads_are_all_there(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var openings = Enumerable.Range(0, 3_000).Select(i => Calls.Opening(StoreUnderTest.Noon.AddMilliseconds(i))).ToArray();

        Parallel.ForEach(openings, new ParallelOptions { CancellationToken = Cancellation }, opening =>
        {
            store.Ledger.Open(opening);
            store.Ledger.Close(Calls.Closing(opening));
        });
        await store.Ledger.FlushAsync(Cancellation);

        (await store.QueryAsync<long>("SELECT count(*) FROM calls WHERE outcome = 'complete'")).ShouldBe([3_000]);
        (await store.QueryAsync<long>("SELECT count(*) FROM attempts")).ShouldBe([3_000]);
        (await store.QueryAsync<long>("SELECT count(*) FROM open_calls")).ShouldBe([0]);
        (await store.Reader.SpendSinceAsync(StoreUnderTest.Noon, Cancellation)).ShouldAllBe(b => b.NanoUsd == 3_000_000 && b.Tokens == 90_000);
    }

    [Theory, EachEngine]
    public async Task Outcome_price_source_and_wire_are_names_that_people_can_read(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var opening = Calls.Opening();

        store.Ledger.Open(opening);
        store.Ledger.Close(Calls.Closing(opening) with { Outcome = CallOutcome.Partial, PriceSource = PriceSource.Fallback });
        await store.Ledger.FlushAsync(Cancellation);

        (await store.QueryAsync<string>("SELECT outcome || ' ' || price_source || ' ' || wire FROM calls JOIN call_contexts x ON x.id = context_id")).ShouldBe(["partial fallback openai-responses"]);
    }

    [Theory, EachEngine]
    public async Task Without_being_started_the_ledger_takes_nothing(Engine engine)
    {
        await using var store = await StoreUnderTest.BuildAsync(engine);

        store.Ledger.IsHealthy.ShouldBeFalse();
        Should.Throw<LedgerUnavailableException>(() => store.Ledger.Open(Calls.Opening()));
    }

    [Theory, EachEngine]
    public async Task After_a_clean_stop_everything_is_in_the_database_and_nothing_more_is_taken(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var opening = Calls.Opening();
        store.Ledger.Open(opening);
        store.Ledger.Close(Calls.Closing(opening));

        await store.StopAsync();

        (await store.Reader.FindAsync(opening.Id, Cancellation)).ShouldBeRow(new(opening, Calls.Closing(opening)));
        Should.Throw<LedgerUnavailableException>(() => store.Ledger.Open(Calls.Opening()));
        store.Ledger.Close(Calls.Closing(opening));
    }

    [Theory, EachEngine]
    public async Task Records_reach_the_database_without_anyone_waiting_for_them(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await store.Ledger.FlushAsync(Cancellation);
        var opening = Calls.Opening();
        store.Ledger.Open(opening);

        CallRow? row = null;
        for (var tries = 0; row is null && tries < 200; tries++)
        {
            store.Time.Advance(store.Options.ShipInterval);
            row = await store.Reader.FindAsync(opening.Id, Cancellation);
        }

        row.ShouldBeRow(new(opening, null));
    }
}
