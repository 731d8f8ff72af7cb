using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>A shard is closed when its time is over or its key is another, and the next begins with its end.</summary>
public sealed class LogShardTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<Engine, string> Points
    {
        get
        {
            var points = new TheoryData<Engine, string>();
            foreach (var engine in Enum.GetValues<Engine>())
            {
                foreach (var point in new[] { "before the end is written", "after the end was written", "before the end is signed", "before the end is kept", "after the end was kept", "before the next is opened", "after the next was opened" })
                {
                    points.Add(engine, point);
                }
            }

            return points;
        }
    }

    [Theory]
    [InlineData(ShardPeriod.Year, 300, true)]
    [InlineData(ShardPeriod.Year, 299, false)]
    [InlineData(ShardPeriod.Quarter, 28, true)]
    [InlineData(ShardPeriod.Quarter, 27, false)]
    [InlineData(ShardPeriod.Month, 28, true)]
    [InlineData(ShardPeriod.Month, 27, false)]
    public void A_shards_time_is_over_with_the_calendar(ShardPeriod period, int days, bool isOver)
    {
        var opened = period is ShardPeriod.Year ? new DateTimeOffset(2026, 3, 7, 23, 59, 59, TimeSpan.Zero) : new DateTimeOffset(2026, 3, 4, 23, 59, 59, TimeSpan.Zero);

        period.IsOver(opened, opened.AddDays(days)).ShouldBe(isOver);
        period.IsOver(opened, opened.AddYears(-1)).ShouldBeFalse("a clock that was set back ends nothing");
    }

    [Theory, EachEngine]
    public async Task When_the_year_is_over_the_shard_ends_and_the_next_holds_its_end(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(300);
        await log.First.FinishAsync();
        await log.AddAsync(5);
        log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await log.First.FinishAsync();

        (await log.VerifyShardsAsync()).ShouldBe([302, 6]);
        log.Store.Skip(TimeSpan.FromHours(1));
        await log.First.FinishAsync();
        var shards = await log.Store.Get<ILogReader>().ShardsAsync(Cancelled);
        shards.Length.ShouldBe(2, "once a year");
        (shards[1].Origin, shards[0].Closed).ShouldBe((shards[0].Origin + "/2", (DateTimeOffset?)new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        using var opened = JsonDocument.Parse(await EntryAsync(log, 2, 0));
        var before = opened.RootElement.GetProperty("before");
        opened.RootElement.GetProperty("act").GetString().ShouldBe(AuditActs.ShardOpened);
        (before.GetProperty("size").GetInt64(), before.GetProperty("root").GetString()).ShouldBe((302, shards[0].Root!));
        SignedCheckpoint.Open(before.GetProperty("note").GetString()!, VerifierKey.Parse(shards[0].VerifierKey)!, new Ed25519Verifier()).Checkpoint.Size.ShouldBe(302);
        using var closed = JsonDocument.Parse(await EntryAsync(log, 1, 301));
        closed.RootElement.GetProperty("next").GetProperty("vkey").GetString().ShouldBe(shards[1].VerifierKey);
        log.First.LastSigned.Read()!.ShouldSatisfyAllConditions(head => head.Shard.ShouldBe(2), head => head.Checkpoint.Size.ShouldBe(6));
    }

    [Theory, MemberData(nameof(Points))]
    public async Task A_turn_that_is_cut_off_is_completed_by_the_next_process(Engine engine, string point)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(300);
        await log.First.FinishAsync();
        await log.AddAsync(5);
        log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Arm(log, point);

        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        await log.First.Sequencer.LeaveAsync(Cancelled);
        log.Signer.Fault = null;
        await log.VerifyShardsAsync();
        log.Store.Time.Advance(TimeSpan.FromSeconds(2));
        await log.Process().FinishAsync();

        (await log.VerifyShardsAsync()).ShouldBe([302, 6]);
    }

    [Theory, EachEngine]
    public async Task A_new_key_closes_the_shard_and_the_old_one_is_forgotten(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        var file = Path.Combine(log.Store.Options.DataDirectory, "keys", "audit.key");
        var old = (await File.ReadAllTextAsync(file, Cancelled)).Trim();
        log.Store.Time.Advance(TimeSpan.FromSeconds(2));

        await log.Signer.RotateAsync(Cancelled);
        await log.AddAsync(3);
        (await File.ReadAllLinesAsync(file, Cancelled)).Length.ShouldBe(2);
        await log.First.FinishAsync();

        (await log.VerifyShardsAsync()).ShouldBe([2, 4]);
        (await File.ReadAllLinesAsync(file, Cancelled)).ShouldHaveSingleItem().ShouldNotBe(old);
        var shards = await log.Store.Get<ILogReader>().ShardsAsync(Cancelled);
        VerifierKey.Parse(shards[1].VerifierKey)!.PublicKey.ToArray().ShouldNotBe(VerifierKey.Parse(shards[0].VerifierKey)!.PublicKey.ToArray());
        using var closed = JsonDocument.Parse(await EntryAsync(log, 1, 1));
        closed.RootElement.GetProperty("why").GetString().ShouldBe("key");
    }

    [Fact]
    public async Task A_replica_with_the_key_from_before_neither_signs_nor_turns_back()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        var keys = Path.Combine(log.Store.Options.DataDirectory, "keys");
        var older = Directory.CreateTempSubdirectory("paddock-store-").FullName;
        Directory.CreateDirectory(Path.Combine(older, "keys"));
        File.Copy(Path.Combine(keys, "audit.key"), Path.Combine(older, "keys", "audit.key"));
        File.Copy(Path.Combine(keys, "audit.signed"), Path.Combine(older, "keys", "audit.signed"));
        var replica = log.Process(older);
        log.Store.Time.Advance(TimeSpan.FromSeconds(2));
        await log.Signer.RotateAsync(Cancelled);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.AddAsync(1);
        log.Store.Time.Advance(TimeSpan.FromSeconds(2));

        (await replica.RoundAsync()).ShouldBe(LogRound.Failed);
        replica.Board.Current.Problem!.ShouldContain("has not the key");

        await File.AppendAllTextAsync(Path.Combine(older, "keys", "audit.key"), await File.ReadAllTextAsync(Path.Combine(keys, "audit.key"), Cancelled), Cancelled);
        log.Store.Time.Advance(TimeSpan.FromSeconds(2));
        await replica.FinishAsync();
        (await log.Store.Get<ILogReader>().ShardsAsync(Cancelled)).Length.ShouldBe(2, "the old key comes first there, and signed a shard before");
    }

    [Theory, EachEngine]
    public async Task A_database_from_before_the_turn_is_noticed(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(3);
        await log.First.FinishAsync();
        log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.Store.ExecuteAsync("DELETE FROM audit_entries WHERE shard = 2 OR seq = 4");
        await log.Store.ExecuteAsync("DELETE FROM audit_tiles WHERE shard = 2");
        await log.Store.ExecuteAsync("DELETE FROM audit_shards WHERE number = 2");
        await log.Store.ExecuteAsync(engine is Engine.Sqlite ? "UPDATE audit_tiles SET hashes = substr(hashes, 1, 128)" : "UPDATE audit_tiles SET hashes = substring(hashes FROM 1 FOR 128)");
        await log.Store.ExecuteAsync("UPDATE audit_shards SET closed_at = NULL");

        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);

        next.Board.Current.Problem!.ShouldContain("the database does not know it");
    }

    private static Task<string> EntryAsync(LogUnderTest log, long shard, long seq) => log.Store.Get<Paddock.Store.Dialects.IDatabase>().ReadAsync(
        async session => System.Text.Encoding.UTF8.GetString((await session.ScalarAsync<byte[]>("SELECT entry FROM audit_entries WHERE shard = @shard AND seq = @seq", new { shard, seq }))!), Cancelled);

    /// <summary>Writes come in this order: the end, the end's checkpoint, the next one's first entry, its checkpoint.</summary>
    private static void Arm(LogUnderTest log, string point)
    {
        var process = log.First;
        Action crash = point switch
        {
            "before the end is written" => () => process.Lease.BeforeWrite = Crash,
            "after the end was written" => () => process.Lease.AfterWrite = Crash,
            "before the end is kept" => () => process.LastSigned.Before = new CrashException(),
            "after the end was kept" => () => process.LastSigned.After = new CrashException(),
            "before the next is opened" => () => After(process.Lease, 2, () => process.Lease.BeforeWrite = Crash),
            "after the next was opened" => () => After(process.Lease, 2, () => process.Lease.AfterWrite = Crash),
            _ => () => After(process.Lease, 1, () => log.Signer.Fault = new CrashException()),
        };
        crash();
    }

    private static Task Crash() => throw new CrashException();

    /// <summary>Does something once so many writes are committed.</summary>
    private static void After(FaultyLease lease, int writes, Action what) => lease.AfterWrite = () =>
    {
        if (writes == 1)
        {
            what();
        }
        else
        {
            After(lease, writes - 1, what);
        }

        return Task.CompletedTask;
    };
}
