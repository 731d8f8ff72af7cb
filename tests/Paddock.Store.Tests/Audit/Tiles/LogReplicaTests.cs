using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>Several processes on one PostgreSQL: one writes the log, the others could.</summary>
public sealed class LogReplicaTests
{
    private const string EndLeases =
        "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1885430884 AND objid = 2 AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_process_writes_and_when_it_leaves_another_goes_on()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        var other = log.Process(CopyKeys(log));
        await log.AddAsync(10);

        (await other.RoundAsync()).ShouldBe(LogRound.Following);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.AddAsync(10);
        await other.FinishAsync();
        (await log.First.RoundAsync()).ShouldBe(LogRound.Following);

        (await log.VerifyAsync()).ShouldBe(21);
    }

    [Fact]
    public async Task Who_follows_keeps_the_newest_checkpoint_and_so_notices_an_older_database()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        var other = log.Process(CopyKeys(log));
        await log.AddAsync(10);
        await log.First.FinishAsync();
        await other.Follower.LookAsync(Cancelled);

        other.LastSigned.Read()!.ShouldBe(log.First.LastSigned.Read());
        (other.Board.Current.State, other.Board.Current.Size).ShouldBe((LogState.Following, 11));
        await log.Store.ExecuteAsync("DELETE FROM audit_entries WHERE seq = 10");
        await log.Store.ExecuteAsync("UPDATE audit_tiles SET hashes = substring(hashes FROM 1 FOR 320)");
        await log.Store.ExecuteAsync("DELETE FROM audit_checkpoints");
        await other.Follower.LookAsync(Cancelled);
        other.Board.Current.State.ShouldBe(LogState.Halted);

        await log.First.Sequencer.LeaveAsync(Cancelled);
        (await other.RoundAsync()).ShouldBe(LogRound.Halted);
        (await log.First.RoundAsync()).ShouldBe(LogRound.Following, "whoever knows that the log is wrong keeps the others from signing it");
    }

    [Fact]
    public async Task Who_follows_goes_on_over_a_turn_and_over_a_restart_that_somebody_decided()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.AddAsync(3);
        await log.First.FinishAsync();
        var other = log.Process(CopyKeys(log));
        log.Store.Time.SetUtcNow(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await log.First.FinishAsync();
        await other.Follower.LookAsync(Cancelled);
        other.LastSigned.Read().ShouldBe(log.First.LastSigned.Read());

        await log.First.Sequencer.LeaveAsync(Cancelled);
        var head = log.First.LastSigned.Read()!;
        log.First.LastSigned.Write(head with { Checkpoint = head.Checkpoint with { Size = 400 } });
        (await log.First.RoundAsync()).ShouldBe(LogRound.Halted);
        other.LastSigned.Write(head with { Checkpoint = head.Checkpoint with { Size = 500 } });
        await other.Follower.LookAsync(Cancelled);
        other.Board.Current.State.ShouldBe(LogState.Halted);
        (await other.Care.RestartAsync(Paddock.Core.Audit.AuditActor.Of("usr_one"), "restored", Cancelled)).ShouldBe(LogCareResult.Done);
        await log.First.FinishAsync();
        await other.Follower.LookAsync(Cancelled);

        other.Board.Current.State.ShouldBe(LogState.Following);
        other.LastSigned.Read().ShouldBe(log.First.LastSigned.Read());
        (await log.Store.Get<ILogReader>().ShardsAsync(Cancelled)).Select(shard => (shard.Number, shard.Restarted)).ShouldBe([(1, false), (2, false), (3, true)]);
    }

    [Fact]
    public async Task Who_has_no_key_or_no_file_leaves_the_log_to_others()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.AddAsync(1);
        var bare = log.Process(Directory.CreateTempSubdirectory("paddock-store-").FullName);

        (await bare.RoundAsync()).ShouldBe(LogRound.Failed);
        await bare.Follower.LookAsync(Cancelled);
        (await bare.RoundAsync()).ShouldBe(LogRound.Failed);

        bare.LastSigned.Read().ShouldBeNull();
        await log.First.FinishAsync();
        (await log.VerifyAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Who_follows_without_the_file_cannot_have_a_log_restarted_that_another_process_signs()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        var bare = log.Process(Directory.CreateTempSubdirectory("paddock-store-").FullName);
        (await bare.RoundAsync()).ShouldBe(LogRound.Following);

        (await bare.Care.RestartAsync(Paddock.Core.Audit.AuditActor.Of("usr_one"), "why not", Cancelled)).ShouldBe(LogCareResult.NotHalted);

        await log.AddAsync(1);
        await log.First.FinishAsync();
        (await log.VerifyAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Who_lost_the_lease_without_knowing_writes_nothing()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        var other = log.Process();
        await log.AddAsync(10);
        LogRound? taken = null;
        log.First.Lease.BeforeWrite = async () => taken = await TakeAwayAsync(log, other);

        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        taken.ShouldBe(LogRound.Done);
        (await log.First.RoundAsync()).ShouldBe(LogRound.Following);

        (await log.VerifyAsync()).ShouldBe(11);
    }

    /// <summary>The lease is lost between signing and publishing; the other process has published more meanwhile.</summary>
    [Fact]
    public async Task Who_lost_the_lease_after_signing_publishes_nothing()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        var other = log.Process(CopyKeys(log));
        await log.AddAsync(10);
        LogRound? taken = null;
        log.First.Lease.AfterWrite = () =>
        {
            log.First.Lease.BeforeWrite = async () =>
            {
                await log.AddAsync(5);
                taken = await TakeAwayAsync(log, other);
            };
            return Task.CompletedTask;
        };

        (await log.First.RoundAsync()).ShouldBe(LogRound.Failed);
        taken.ShouldBe(LogRound.Done);
        await other.Sequencer.LeaveAsync(Cancelled);
        await log.First.FinishAsync();

        (await log.VerifyAsync()).ShouldBe(16);
    }

    [Fact]
    public async Task Processes_that_contend_while_entries_come_make_one_log()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        await log.First.FinishAsync();
        TestProcess[] processes = [log.First, log.Process(CopyKeys(log)), log.Process(CopyKeys(log))];
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 60; i++)
                {
                    await log.AddAsync(20, StoreUnderTest.Noon.AddSeconds(i % 7));
                    if (i % 10 == 9)
                    {
                        await log.Store.QueryAsync<long>(EndLeases);
                    }
                }
            },
            Cancelled);
        await Task.WhenAll(processes.Select(process => Task.Run(
            async () =>
            {
                while (!writing.IsCompleted)
                {
                    await process.RoundAsync();
                }

                await process.Sequencer.LeaveAsync(Cancelled);
            },
            Cancelled)));
        await writing;
        await processes[1].FinishAsync();

        (await log.VerifyAsync()).ShouldBe(1_201);
        processes.Select(process => process.Board.Current.State).ShouldNotContain(LogState.Halted);
    }

    /// <summary>Ends the connection that holds the lease, and lets another process take it as soon as PostgreSQL has noticed.</summary>
    private static async Task<LogRound> TakeAwayAsync(LogUnderTest log, TestProcess other)
    {
        (await log.Store.QueryAsync<long>(EndLeases)).ShouldBe([1]);
        LogRound round;
        while ((round = await other.RoundAsync()) is LogRound.Following)
        {
        }

        return round;
    }

    private static string CopyKeys(LogUnderTest log)
    {
        var directory = Directory.CreateTempSubdirectory("paddock-store-").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "keys"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(log.Store.Options.DataDirectory, "keys")))
        {
            File.Copy(file, Path.Combine(directory, "keys", Path.GetFileName(file)));
        }

        return directory;
    }
}
