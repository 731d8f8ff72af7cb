using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>The log as it grows: what comes into it, and what of it is signed.</summary>
public sealed class LogSequencerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_new_log_begins_with_the_entry_that_opens_it_and_is_signed(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine, options => options with { AuditName = "audit.example" });

        (await log.First.RoundAsync()).ShouldBe(LogRound.Done);

        (await log.VerifyAsync()).ShouldBe(1);
        (await log.Store.QueryAsync<string>("SELECT act FROM audit_entries")).ShouldBe([AuditActs.ShardOpened]);
        var status = log.First.Board.Current;
        (status.State, status.Size, status.Shard, status.Problem, status.SignedAt).ShouldBe((LogState.Signing, 1, 1, null, StoreUnderTest.Noon));
        status.Origin.ShouldStartWith("audit.example/audit/org_");
        log.First.LastSigned.Read()!.Checkpoint.Size.ShouldBe(1);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(log.Store.Options.DataDirectory, "keys", "audit.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory, EachEngine]
    public async Task Entries_come_into_the_log_in_batches_over_any_border_of_tiles(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        foreach (var (count, size) in new[] { (1, 2), (253, 255), (1, 256), (1, 257), (255, 512), (1, 513), (6_000, 6_513) })
        {
            await log.AddAsync(count);
            await log.First.FinishAsync();

            (await log.VerifyAsync()).ShouldBe(size);
        }

        log.Signer.Signed.Select(signed => signed.Size).ShouldBe([1, 2, 255, 256, 257, 512, 513, 5_513, 6_513]);
    }

    [Theory, EachEngine]
    public async Task What_commits_late_with_an_older_id_comes_into_the_log_all_the_same(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(3, StoreUnderTest.Noon.AddMinutes(1));
        await log.First.FinishAsync();
        await log.AddAsync(2, StoreUnderTest.Noon.AddMinutes(-1));
        await log.First.FinishAsync();

        (await log.VerifyAsync()).ShouldBe(6);
        (await log.Store.QueryAsync<long>("SELECT COUNT(*) FROM audit_entries WHERE seq IS NULL")).ShouldBe([0]);
    }

    [Fact]
    public async Task What_is_not_committed_is_not_in_the_log_and_what_commits_behind_it_is()
    {
        await using var log = await LogUnderTest.StartAsync(Engine.Postgres);
        var (written, commits) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var late = log.Store.Get<IDatabase>().WriteAsync(
            async session =>
            {
                await log.InsertAsync(session, StoreUnderTest.Noon.AddMinutes(-1));
                written.SetResult();
                await commits.Task;
                return true;
            },
            Cancelled);
        await written.Task;
        await log.AddAsync(5);
        await log.First.FinishAsync();
        (await log.VerifyAsync()).ShouldBe(6);

        commits.SetResult();
        await late;
        await log.First.FinishAsync();

        (await log.VerifyAsync()).ShouldBe(7);
    }

    [Theory, EachEngine]
    public async Task The_next_process_goes_on_where_the_log_is(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(300);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.AddAsync(300);

        await log.Process().FinishAsync();

        (await log.VerifyAsync()).ShouldBe(601);
    }

    [Theory, EachEngine]
    public async Task Nothing_new_signs_nothing_again(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.Process().FinishAsync();

        log.Signer.Signed.Count.ShouldBe(1);
    }

    [Theory, EachEngine]
    public async Task Of_older_checkpoints_one_in_ten_minutes_is_kept(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        for (var minute = 0; minute < 25; minute++)
        {
            await log.AddAsync(1);
            await log.First.FinishAsync();
            log.Store.Time.Advance(TimeSpan.FromMinutes(1));
        }

        (await log.Store.QueryAsync<long>("SELECT size FROM audit_checkpoints ORDER BY size")).ShouldBe([1, 12, 22, 26]);
    }

    [Theory, EachEngine]
    public async Task A_started_store_puts_entries_into_the_log_by_itself_and_all_of_them_before_it_stops(Engine engine)
    {
        await using var store = await StoreUnderTest.StartAsync(engine);
        await store.Get<IAuditLog>().AppendAsync(new() { Act = "test", Actor = AuditActor.Of("system:test") }, Cancelled);
        await store.StopAsync();

        (await store.QueryAsync<long>("SELECT size FROM audit_checkpoints ORDER BY size DESC")).First().ShouldBe(2);
        store.Get<ILogStatus>().Current.State.ShouldBe(LogState.Signing);
    }
}
