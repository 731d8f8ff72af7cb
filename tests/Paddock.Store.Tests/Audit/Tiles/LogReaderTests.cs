using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>The log as those read it who check it.</summary>
public sealed class LogReaderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_has_a_place_and_is_not_signed_yet_is_not_handed_out(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        var reader = log.Store.Get<LogReader>();
        (await reader.NewestAsync(null, Cancelled)).ShouldBeNull();
        await log.AddAsync(4);
        await log.First.FinishAsync();
        await log.AddAsync(3, StoreUnderTest.Noon.AddMinutes(1));
        log.Signer.Fault = new SignerUnavailableException("away");
        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);

        (await log.Store.QueryAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE seq IS NOT NULL")).ShouldBe([8]);
        (await reader.NewestAsync(null, Cancelled))!.Checkpoint.Size.ShouldBe(5);
        (await reader.ReadAsync(null, new(0, 0, 5), Cancelled))!.Value.Length.ShouldBe(5 * TreeHash.Length);
        EntryBundle.Read((await reader.ReadAsync(null, new(TileId.Entries, 0, 2), Cancelled))!.Value)!.Count.ShouldBe(2);
        (await reader.ReadAsync(null, new(0, 0, 6), Cancelled)).ShouldBeNull();
        (await reader.ReadAsync(null, new(TileId.Entries, 0, 6), Cancelled)).ShouldBeNull();
        var unsigned = (await reader.ListAsync(new() { Limit = 1 }, Cancelled)).Entries;
        unsigned[0].Index.ShouldBe(7);
        (await reader.ProveAsync(unsigned[0].Id, Cancelled)).ShouldBeNull();
        (await reader.ScanAsync(new() { To = StoreUnderTest.Noon.AddDays(1) }, Cancelled)).Entries.Length.ShouldBe(5, "one opened the log");
        (await reader.OldestWaitingAsync(Cancelled)).ShouldBe(StoreUnderTest.Noon.AddMinutes(1));

        log.Signer.Fault = null;
        await log.First.FinishAsync();
        (await reader.OldestWaitingAsync(Cancelled)).ShouldBeNull();
        await log.AddAsync(1, StoreUnderTest.Noon.AddMinutes(-1));
        (await reader.OldestWaitingAsync(Cancelled)).ShouldBe(StoreUnderTest.Noon.AddMinutes(-1), "it came late");
    }

    [Theory, EachEngine]
    public async Task Each_entry_is_found_and_proved_by_its_id_and_by_what_it_is_about(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        var reader = log.Store.Get<LogReader>();
        await log.AddAsync(300);
        await log.First.FinishAsync();
        await log.Store.Get<IDatabase>().WriteAsync(session => session.ExecuteAsync("UPDATE audit_entries SET act = 'tool.intent' WHERE ref = 'ref-7'"), Cancelled);
        var key = VerifierKey.Parse((await reader.NewestAsync(null, Cancelled))!.VerifierKey)!;

        foreach (var name in new[] { "ref-1", "ref-7", "ref-300" })
        {
            var entry = ((await reader.ListAsync(new() { Ref = name }, Cancelled)).Entries).ShouldHaveSingleItem();
            ((await reader.ListAsync(new() { Ref = entry.Id.ToString() }, Cancelled)).Entries).ShouldHaveSingleItem().Id.ShouldBe(entry.Id);
            var proof = LogProof.Parse((await reader.ProveAsync(entry.Id, Cancelled))!.ToString())!;
            proof.Check(entry.Bytes.Span, key, new Ed25519Verifier()).Size.ShouldBe(301);
            Should.Throw<LogDamagedException>(() => proof.Check(Encoding.UTF8.GetBytes("{}"), key, new Ed25519Verifier()));
        }

        ((await reader.ListAsync(new() { Ref = "ref-9", Act = "tool.intent" }, Cancelled)).Entries).ShouldBeEmpty();
        (await reader.ProveAsync(Guid.NewGuid(), Cancelled)).ShouldBeNull();
        (await reader.FiguresAsync(Cancelled)).Waiting.ShouldBe(0);
    }

    [Theory, EachEngine]
    public async Task Entries_are_listed_newest_first_a_page_at_a_time(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        var reader = log.Store.Get<LogReader>();
        for (var minute = 1; minute <= 5; minute++)
        {
            await log.AddAsync(1, StoreUnderTest.Noon.AddMinutes(minute));
        }

        var first = (await reader.ListAsync(new() { Limit = 2 }, Cancelled)).Entries;
        var second = (await reader.ListAsync(new() { Limit = 2, Before = first[^1].Id }, Cancelled)).Entries;
        var since = (await reader.ListAsync(new() { Since = StoreUnderTest.Noon.AddMinutes(4), Act = "test" }, Cancelled)).Entries;

        first.Concat(second).Select(entry => entry.Ref).ShouldBe(["ref-5", "ref-4", "ref-3", "ref-2"]);
        since.Select(entry => entry.Ref).ShouldBe(["ref-5", "ref-4"]);
        first[0].Index.ShouldBeNull();
        (await reader.FiguresAsync(Cancelled)).ShouldBe(new(5, StoreUnderTest.Noon.AddMinutes(1), 7, null));
    }

    [Theory, EachEngine]
    public async Task No_page_looks_through_everything_and_each_says_where_the_next_begins(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(1, StoreUnderTest.Noon.AddMinutes(-1));
        await log.First.FinishAsync();
        var generated = engine is Engine.Sqlite
            ? "INSERT INTO audit_entries (id, made_at, act, entry) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20100) SELECT unhex(printf('%012x', 1772625600000) || '7000' || printf('%016x', i)), 1772625600000000, 'other', x'7b7d' FROM n"
            : "INSERT INTO audit_entries (id, made_at, act, entry) SELECT (lpad(to_hex(1772625600000), 12, '0') || '7000' || lpad(to_hex(i), 16, '0'))::uuid, 1772625600000000, 'other', '\\x7b7d'::bytea FROM generate_series(1, 20100) AS i";
        await log.Store.ExecuteAsync(generated);
        var reader = log.Store.Get<IEntryReader>();

        var first = await reader.ListAsync(new() { Act = "test" }, Cancelled);
        (first.Entries.Length, first.Next is null).ShouldBe((0, false));
        var second = await reader.ListAsync(new() { Act = "test", Before = first.Next }, Cancelled);
        (second.Entries.Single().Ref, second.Next).ShouldBe(("ref-1", null));
        (await reader.ListAsync(new() { Act = "test", Ref = "ref-1" }, Cancelled)).Entries.ShouldHaveSingleItem();
    }

    [Theory, EachEngine]
    public async Task All_that_is_in_the_log_is_scanned_from_the_oldest_on(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        for (var minute = 0; minute < 4; minute++)
        {
            await log.AddAsync(300, StoreUnderTest.Noon.AddMinutes(minute));
        }

        await log.First.FinishAsync();
        await log.First.FinishAsync();
        await log.AddAsync(1, StoreUnderTest.Noon.AddMinutes(2));
        var (reader, found) = (log.Store.Get<IEntryReader>(), new List<KeptEntry>());
        for (Guid? after = Guid.Empty; after is { } last;)
        {
            var page = await reader.ScanAsync(new() { From = StoreUnderTest.Noon.AddMinutes(1), To = StoreUnderTest.Noon.AddMinutes(3), Acts = ["test"], After = last }, Cancelled);
            found.AddRange(page.Entries);
            after = page.Next;
        }

        found.Count.ShouldBe(600, "not the one that waits");
        found.Select(entry => entry.Id).ShouldBeUnique();
        found.Select(entry => entry.Id.ToString()).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_directory_is_verified_while_its_log_grows()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Sqlite);
        await log.AddAsync(700);
        await log.First.FinishAsync();
        await using var file = await LogFile.OpenAsync(log.Store.Options.DataDirectory, Cancelled);
        await log.AddAsync(300);
        await log.First.FinishAsync();

        var held = await new LogVerification(file.Open(null), new Ed25519Verifier()).RunAsync(expected: null, kept: null, Cancelled);
        held.Signed.Checkpoint.Size.ShouldBe(701);
        await using var grown = await LogFile.OpenAsync(log.Store.Options.DataDirectory, Cancelled);
        (await new LogVerification(grown.Open(null), new Ed25519Verifier()).RunAsync(held.Key, held.Signed.ToString(), Cancelled)).Signed.Checkpoint.Size.ShouldBe(1_001);
        await log.Store.Get<IDatabase>().WriteAsync(session => session.ExecuteAsync("UPDATE audit_entries SET entry = @Entry WHERE seq = 400", new { Entry = "{}"u8.ToArray() }), Cancelled);
        await using var changed = await LogFile.OpenAsync(log.Store.Options.DataDirectory, Cancelled);
        (await Should.ThrowAsync<LogDamagedException>(() => new LogVerification(changed.Open(null), new Ed25519Verifier()).RunAsync(held.Key, kept: null, Cancelled))).Message.ShouldBe("tile/0/001 does not go with entry 400.");
    }
}
