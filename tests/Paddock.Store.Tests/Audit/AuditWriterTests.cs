using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Policies;
using Paddock.Store.Tests.Policies;

namespace Paddock.Store.Tests.Audit;

public sealed class AuditWriterTests
{
    private static readonly TimeSpan look = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task What_was_handed_in_by_many_at_once_is_there_when_it_is_said_to_be(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.Get<IAuditLog>().AppendAsync(Happened($"dec_{i}"), Cancellation)));
        await store.Get<AuditWriter>().FlushAsync(Cancellation);

        (await RefsAsync(store)).Order().ShouldBe(Enumerable.Range(0, 200).Select(i => $"dec_{i}").Order());
    }

    [Theory, EachEngine]
    public async Task While_the_database_is_away_the_second_device_takes_entries_and_later_gives_them_over_once(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        var log = store.Get<AuditWriter>();
        devices.DatabaseAway = true;

        await log.AppendAsync(Happened("dec_1"), Cancellation);
        await log.AppendAsync(Happened("dec_2"), Cancellation);
        (await RefsAsync(store)).ShouldBeEmpty();
        devices.DatabaseAway = false;
        store.Time.Advance(look);
        await log.FlushAsync(Cancellation);
        await log.AppendAsync(Happened("dec_3"), Cancellation);
        await log.FlushAsync(Cancellation);

        (await RefsAsync(store)).Order().ShouldBe(["dec_1", "dec_2", "dec_3"]);
        store.Get<EntrySpool>().Bytes.ShouldBe(0);
        devices.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_database_of_its_own_the_file_is_first_and_the_database_takes_entries_itself_when_the_file_does_not()
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(Engine.Sqlite, wire: devices.On(Engine.Sqlite));
        var log = store.Get<AuditWriter>();

        devices.DatabaseAway = true;
        await log.AppendAsync(Happened("dec_1"), Cancellation);
        (await RefsAsync(store)).ShouldBeEmpty();
        devices.DatabaseAway = false;
        store.Time.Advance(look);
        await log.FlushAsync(Cancellation);
        (await RefsAsync(store)).ShouldBe(["dec_1"]);

        devices.DiskFull = true;
        await log.AppendAsync(Happened("dec_2"), Cancellation);
        (await RefsAsync(store)).Order().ShouldBe(["dec_1", "dec_2"]);
        devices.Told.ShouldBeEmpty();
    }

    [Theory, EachEngine]
    public async Task An_entry_that_the_database_took_although_its_answer_was_lost_stays_one(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        var log = store.Get<AuditWriter>();
        devices.AnswersLost = true;

        await log.AppendAsync(Happened("dec_1"), Cancellation);
        devices.AnswersLost = false;
        store.Time.Advance(look);
        await log.FlushAsync(Cancellation);

        (await RefsAsync(store)).ShouldBe(["dec_1"]);
    }

    [Theory, EachEngine]
    public async Task When_no_device_takes_entries_who_waits_is_refused_and_what_nobody_waits_for_comes_later(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        var log = store.Get<AuditWriter>();
        (devices.DatabaseAway, devices.DiskFull) = (true, true);

        await Should.ThrowAsync<AuditUnavailableException>(log.AppendAsync(Happened("dec_1"), Cancellation));
        log.IsAvailable.ShouldBeFalse();
        await Should.ThrowAsync<AuditUnavailableException>(log.AppendAsync(Happened("dec_2"), Cancellation));
        log.Post(Happened("dec_3"));
        store.Time.Advance(look);
        await log.FlushAsync(Cancellation);
        log.IsAvailable.ShouldBeFalse();

        devices.DiskFull = false;
        store.Time.Advance(look);
        await log.FlushAsync(Cancellation);
        log.IsAvailable.ShouldBeTrue();
        devices.DatabaseAway = false;
        store.Time.Advance(look);
        await log.FlushAsync(Cancellation);

        (await ActsAsync(store)).Order().ShouldBe([AuditActs.Resumed, AuditActs.ToolIntent]);
        (await RefsAsync(store)).ShouldBe(["dec_3"]);
        devices.Told.ShouldBe(["audit.unavailable", "audit.resumed"]);
    }

    [Theory, EachEngine]
    public async Task What_a_killed_process_left_on_the_second_device_comes_with_the_next_start(Engine engine)
    {
        var devices = new FaultyDevices();
        await using var store = await StoreUnderTest.StartAsync(engine, wire: devices.On(engine));
        devices.DatabaseAway = true;
        await store.Get<IAuditLog>().AppendAsync(Happened("dec_1"), Cancellation);
        await store.StopAsync();
        devices.DatabaseAway = false;

        await using var next = await store.AnotherAsync(wire: devices.On(engine));
        await next.Get<AuditWriter>().FlushAsync(Cancellation);

        (await RefsAsync(next)).ShouldBe(["dec_1"]);
    }

    [Theory, EachEngine]
    public async Task A_change_and_its_entry_are_there_together_or_not_at_all(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        var (database, book) = (store.Get<IDatabase>(), store.Get<EntryBook>());

        async Task<bool> ChangeAsync(Session session, string name, bool fails)
        {
            await session.ExecuteAsync("INSERT INTO teams (name) VALUES (@name)", new { name });
            await book.AddAsync(session, Happened(name));
            return fails ? throw new InvalidOperationException("It failed.") : true;
        }

        var changes = Enumerable.Range(0, 40).Select(i => database.WriteAsync(session => ChangeAsync(session, $"team-{i:D2}", fails: i % 3 == 0), Cancellation)).ToList();
        await Task.WhenAll(changes.Select(static change => change.ContinueWith(static _ => { }, TaskScheduler.Default)));

        var kept = Enumerable.Range(0, 40).Where(static i => i % 3 != 0).Select(static i => $"team-{i:D2}").ToList();
        changes.Count(static change => change.IsFaulted).ShouldBe(14);
        (await store.QueryAsync<string>("SELECT name FROM teams ORDER BY name")).ShouldBe(kept);
        (await RefsAsync(store)).Order().ShouldBe(kept);
    }

    [Theory, EachEngine]
    public async Task What_came_of_a_call_that_was_let_go_is_said_once_and_unknown_after_a_day(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        StoredDecision[] decisions = [Judged.Call(1), Judged.Call(2) with { At = StoreUnderTest.Noon.AddHours(-25) }, Judged.Call(3) with { Mutating = false }, Judged.Call(4) with { Outcome = DecisionOutcome.Refused, Effect = Effect.Deny }];
        decisions.ToList().ForEach(decision => store.Decisions.TryAppend(decision).ShouldBeTrue());
        foreach (var decision in decisions.Where(static one => one.Id != "dec_0002"))
        {
            store.Decisions.NoteResult(new(decision.Id, "usr_1", "task_1", decision.ToolCall!, ToolResult.OfExit(7), StoreUnderTest.Noon.AddMinutes(1))); // they have one
            store.Decisions.NoteResult(new(null, "usr_1", "task_1", decision.ToolCall!, ToolResult.Success, StoreUnderTest.Noon.AddMinutes(2)));
        }

        await store.Decisions.FlushAsync(Cancellation);
        await store.Get<DecisionUpkeep>().LookAsync(Cancellation);
        await store.Get<DecisionUpkeep>().LookAsync(Cancellation);

        var entries = await store.QueryAsync<byte[]>("SELECT entry FROM audit_entries WHERE ref IS NOT NULL ORDER BY ref");
        entries.Select(Encoding.UTF8.GetString).Select(static text => text[text.IndexOf("\"out\"", StringComparison.Ordinal)..text.IndexOf(",\"t\"", StringComparison.Ordinal)]).ShouldBe(
            ["\"out\":{\"exit\":7,\"s\":\"failure\"},\"ref\":\"dec_0001\"", "\"out\":{\"s\":\"unknown\"},\"ref\":\"dec_0002\""]);
    }

    private static AuditEvent Happened(string about) => new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Of("system:test"), Ref = about };

    private static Task<List<string>> RefsAsync(StoreUnderTest store) => store.QueryAsync<string>("SELECT ref FROM audit_entries WHERE ref IS NOT NULL");

    private static Task<List<string>> ActsAsync(StoreUnderTest store) => store.QueryAsync<string>($"SELECT act FROM audit_entries WHERE act <> '{AuditActs.ShardOpened}'");
}
