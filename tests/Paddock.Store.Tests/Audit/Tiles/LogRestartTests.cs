using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>A halt stays until somebody decides; then the log goes on in a shard that says so. And what is archived can be taken out.</summary>
public sealed class LogRestartTests
{
    private static readonly AuditActor one = AuditActor.Of("usr_one");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task After_an_older_database_the_log_goes_on_in_a_shard_that_names_what_was_signed(Engine engine)
    {
        await using var log = await HaltedAsync(engine);
        var (next, signed) = (log.Process(), log.First.LastSigned.Read()!.Checkpoint);
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);
        log.Store.Time.Advance(TimeSpan.FromMinutes(1));

        (await next.Care.RestartAsync(one, "restored from the backup of Monday", Cancelled)).ShouldBe(LogCareResult.Done);
        await next.FinishAsync();

        next.Board.Current.State.ShouldBe(LogState.Signing);
        next.Told.Events.ShouldBe(["audit.log_halted", "audit.log_restarted", "audit.signed_again"]);
        var shards = await log.Store.Get<ILogReader>().ShardsAsync(Cancelled);
        shards.Select(shard => (shard.Number, shard.Restarted, shard.Size)).ShouldBe([(1, false, 4), (2, true, 3)], "the entry that was not under a checkpoint came over, and what was asked lies behind it");
        shards[1].Origin.ShouldStartWith(shards[0].Origin + "/2.");
        using var first = JsonDocument.Parse(await FirstAsync(log, 2));
        first.RootElement.GetProperty("act").GetString().ShouldBe(AuditActs.LogRestarted);
        first.RootElement.GetProperty("actor").GetProperty("id").GetString().ShouldBe("usr_one");
        first.RootElement.GetProperty("reason").GetString().ShouldBe("restored from the backup of Monday");
        (first.RootElement.GetProperty("before").GetProperty("size").GetInt64(), first.RootElement.GetProperty("before").GetProperty("root").GetString()).ShouldBe((signed.Size, signed.Root.ToString()));
        await next.Sequencer.LeaveAsync(Cancelled);
        await log.Process().FinishAsync();
        (await next.Care.RestartAsync(one, "again", Cancelled)).ShouldBe(LogCareResult.NotHalted);
    }

    [Theory, EachEngine]
    public async Task A_halt_stays_when_what_caused_it_is_gone(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(3);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        var head = log.First.LastSigned.Read()!;
        log.First.LastSigned.Write(head with { Checkpoint = head.Checkpoint with { Size = 400 } });
        var first = log.Process();
        (await first.RoundAsync()).ShouldBe(LogRound.Halted);
        await first.Sequencer.LeaveAsync(Cancelled);

        log.First.LastSigned.Write(head);
        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);

        next.Board.Current.Problem!.ShouldContain("400 were signed");
    }

    [Theory, EachEngine]
    public async Task A_restart_that_is_cut_off_is_completed_once(Engine engine)
    {
        await using var log = await HaltedAsync(engine);
        var next = log.Process();
        await next.RoundAsync();
        log.Store.Time.Advance(TimeSpan.FromMinutes(1));
        await log.Store.ExecuteAsync("UPDATE audit_halts SET asked_at = 1, asked_by = 'usr_one', reason = 'because'");
        next.Lease.BeforeWrite = () => throw new CrashException();
        (await next.RoundAsync()).ShouldBe(LogRound.Failed);
        next.Lease.AfterWrite = () => throw new CrashException();
        (await next.RoundAsync()).ShouldBe(LogRound.Failed);
        await next.Sequencer.LeaveAsync(Cancelled);

        await log.Process().FinishAsync();

        (await log.Store.Get<ILogReader>().ShardsAsync(Cancelled)).Select(shard => shard.Size).ShouldBe([4, 2]);
    }

    [Theory, EachEngine]
    public async Task Who_has_lost_what_was_signed_last_can_go_on_by_decision_only(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        (await log.First.Care.RestartAsync(one, "why not", Cancelled)).ShouldBe(LogCareResult.NotHalted);
        await log.First.Sequencer.LeaveAsync(Cancelled);
        File.Delete(Path.Combine(log.Store.Options.DataDirectory, "keys", "audit.signed"));
        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Failed);

        (await next.Care.RestartAsync(one, "the directory was lost", Cancelled)).ShouldBe(LogCareResult.Done);

        await next.FinishAsync();
        next.LastSigned.Read()!.Shard.ShouldBe(2);
    }

    [Theory, EachEngine]
    public async Task An_archived_shard_is_taken_out_once_it_is_two_days_closed_and_its_root_is_known(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(700);
        await log.First.FinishAsync();
        var care = log.First.Care;
        (await care.RemoveAsync(1, "", one, "old", Cancelled)).ShouldBe(LogCareResult.StillOpen);
        log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await log.First.FinishAsync();
        var root = (await log.Store.Get<ILogReader>().ShardsAsync(Cancelled))[0].Root!;
        (await care.RemoveAsync(1, root, one, "old", Cancelled)).ShouldBe(LogCareResult.TooYoung);
        log.Store.Skip(TimeSpan.FromDays(2));
        (await care.RemoveAsync(1, "else", one, "old", Cancelled)).ShouldBe(LogCareResult.OtherRoot);
        (await care.RemoveAsync(7, root, one, "old", Cancelled)).ShouldBe(LogCareResult.NoShard);

        (await care.RemoveAsync(1, root, one, "old", Cancelled)).ShouldBe(LogCareResult.Done);
        (await care.RemoveAsync(1, root, one, "old", Cancelled)).ShouldBe(LogCareResult.Done, "asked again it goes on, and there is nothing left");
        await log.First.FinishAsync();

        (await log.Store.QueryAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE shard = 1 UNION ALL SELECT COUNT(*) FROM audit_tiles WHERE shard = 1 UNION ALL SELECT COUNT(*) FROM audit_checkpoints WHERE shard = 1")).Order().ShouldBe([0, 0, 1]);
        (await log.VerifyShardsAsync()).ShouldBe([2], "one entry says it, however often it was asked");
        (await log.Store.QueryAsync<string>("SELECT act FROM audit_entries WHERE shard = 2 ORDER BY seq")).ShouldBe([AuditActs.ShardOpened, AuditActs.ShardArchived]);
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.Process().FinishAsync();
        var reader = log.Store.Get<ILogReader>();
        (await reader.NewestAsync(1, Cancelled))!.Checkpoint.Root.ToString().ShouldBe(root);
        (await reader.ReadAsync(1, new(TileId.Entries, 0, 256), Cancelled)).ShouldBeNull();
    }

    [Theory, EachEngine]
    public async Task A_shard_that_was_never_begun_keeps_no_later_one_from_being_taken_out(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        log.First.Lease.AfterWrite = () => throw new CrashException();
        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        await log.First.Sequencer.LeaveAsync(Cancelled);
        var head = log.First.LastSigned.Read()!;
        log.First.LastSigned.Write(head with { Checkpoint = head.Checkpoint with { Size = 400 } });
        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);
        (await next.Care.RestartAsync(one, "restored", Cancelled)).ShouldBe(LogCareResult.Done);
        await next.FinishAsync();
        log.Store.Time.SetUtcNow(new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await next.FinishAsync();
        log.Store.Skip(TimeSpan.FromDays(2));
        var shards = await log.Store.Get<ILogReader>().ShardsAsync(Cancelled);
        shards.Select(shard => shard.Root is null).ShouldBe([false, true, false, false]);

        (await next.Care.RemoveAsync(3, shards[2].Root!, one, "old", Cancelled)).ShouldBe(LogCareResult.OlderFirst);
        (await next.Care.RemoveAsync(1, shards[0].Root!, one, "old", Cancelled)).ShouldBe(LogCareResult.Done);
        (await next.Care.RemoveAsync(3, shards[2].Root!, one, "old", Cancelled)).ShouldBe(LogCareResult.Done);
    }

    /// <summary>Six entries were signed, and the database has five, four of them under a checkpoint.</summary>
    private static async Task<LogUnderTest> HaltedAsync(Engine engine)
    {
        var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(3);
        await log.First.FinishAsync();
        var note = (await log.Store.Get<IDatabase>().ReadAsync(session => CheckpointRow.NewestAsync(session, 1), Cancelled))!;
        await log.AddAsync(2);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.Store.ExecuteAsync("DELETE FROM audit_entries WHERE seq = 5");
        await log.Store.ExecuteAsync(engine is Engine.Sqlite ? "UPDATE audit_tiles SET hashes = substr(hashes, 1, 160)" : "UPDATE audit_tiles SET hashes = substring(hashes FROM 1 FOR 160)");
        await log.Store.ExecuteAsync("DELETE FROM audit_checkpoints");
        await log.Store.Get<IDatabase>().WriteAsync(
            async session =>
            {
                await note.PublishAsync(session);
                return true;
            },
            Cancelled);
        return log;
    }

    private static Task<string> FirstAsync(LogUnderTest log, long shard) => log.Store.Get<IDatabase>().ReadAsync(
        async session => System.Text.Encoding.UTF8.GetString((await session.ScalarAsync<byte[]>("SELECT entry FROM audit_entries WHERE shard = @shard AND seq = 0", new { shard }))!), Cancelled);
}
