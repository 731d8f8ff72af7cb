using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>What does not go with what was signed is never signed.</summary>
public sealed class LogHaltTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, EachEngine]
    public async Task A_database_from_before_the_last_signature_is_not_signed_and_entries_gather(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(300);
        await log.First.FinishAsync();
        var file = Path.Combine(log.Store.Options.DataDirectory, "backup");
        await log.Store.Maintenance.BackupAsync(file, Cancelled);
        await log.AddAsync(5);
        await log.First.FinishAsync();
        var signed = log.Signer.Signed.Count;
        await using var restored = await StoreUnderTest.BuildAsync(engine);
        await restored.Maintenance.RestoreAsync(file, replaces: false, Cancelled);
        Directory.CreateDirectory(Path.Combine(restored.Options.DataDirectory, "keys"));
        foreach (var key in new[] { "audit.key", "audit.signed" })
        {
            File.Copy(Path.Combine(log.Store.Options.DataDirectory, "keys", key), Path.Combine(restored.Options.DataDirectory, "keys", key));
        }

        var sequencer = restored.Get<LogSequencer>();
        (await sequencer.RunAsync(Cancelled)).ShouldBe(LogRound.Halted);
        await restored.ExecuteAsync("UPDATE audit_entries SET ref = ref"); // somebody goes on writing
        (await sequencer.RunAsync(Cancelled)).ShouldBe(LogRound.Halted);

        restored.Get<ILogStatus>().Current.Problem!.ShouldContain("older than what was signed");
        (await restored.QueryAsync<long>("SELECT MAX(size) FROM audit_checkpoints")).ShouldBe([301]);
        log.Signer.Signed.Count.ShouldBe(signed);
    }

    [Theory, EachEngine]
    public async Task A_database_that_has_lost_its_log_gets_no_other_one(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        foreach (var table in new[] { "audit_checkpoints", "audit_tiles", "audit_shards", "audit_entries" })
        {
            await log.Store.ExecuteAsync($"DELETE FROM {table}");
        }

        await log.AddAsync(3);
        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);

        next.Board.Current.Problem!.ShouldContain("holds no audit log");
        next.Told.Events.ShouldBe(["audit.log_halted"]);
        log.Signer.Signed.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "UPDATE audit_entries SET entry = @other WHERE seq = 300", "not what lies below")]
    [InlineData(Engine.Postgres, "UPDATE audit_entries SET entry = @other WHERE seq = 300", "not what lies below")]
    [InlineData(Engine.Sqlite, "DELETE FROM audit_entries WHERE seq = 300", "missing")]
    [InlineData(Engine.Sqlite, "DELETE FROM audit_entries WHERE seq = 400", "has 400 entries")]
    [InlineData(Engine.Sqlite, "UPDATE audit_tiles SET hashes = @hash WHERE level = 1", "not what lies below")]
    [InlineData(Engine.Sqlite, "DELETE FROM audit_tiles WHERE level = 0 AND idx = 0", "not whole")]
    [InlineData(Engine.Sqlite, "UPDATE audit_shards SET origin = 'else', vkey = 'else+ea083537+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "holds the audit log else")]
    [InlineData(Engine.Sqlite, "UPDATE audit_shards SET vkey = 'else'", "no valid key")]
    [InlineData(Engine.Sqlite, "UPDATE audit_checkpoints SET note = replace(note, '401', '400')", "not signed with the key")]
    [InlineData(Engine.Sqlite, "DELETE FROM audit_entries WHERE seq >= 256; DELETE FROM audit_tiles WHERE level = 0 AND idx = 1", "older than what was signed")]
    public async Task What_was_changed_behind_the_logs_back_is_not_signed(Engine engine, string sql, string problem)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(400);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.AddAsync(5);
        var signed = log.Signer.Signed.Count;
        var bytes = engine is Engine.Sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea";
        foreach (var part in sql.Split(';'))
        {
            await log.Store.ExecuteAsync(part.Replace("@other", bytes, StringComparison.Ordinal).Replace("@hash", $"x'{new string('0', 64)}'", StringComparison.Ordinal));
        }

        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);

        next.Board.Current.State.ShouldBe(LogState.Halted);
        next.Board.Current.Problem!.ShouldContain(problem);
        log.Signer.Signed.Count.ShouldBe(signed);
    }

    /// <summary>Every tile, every checkpoint and the newest entries were made anew over one entry that was changed.</summary>
    [Theory, EachEngine]
    public async Task A_history_that_was_rewritten_whole_is_not_signed_by_whoever_knows_the_last_signature(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.AddAsync(20);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        var known = log.First.LastSigned.Read()!;
        await log.Store.ExecuteAsync($"UPDATE audit_entries SET entry = {(engine is Engine.Sqlite ? "x'7b7d'" : "'\\x7b7d'::bytea")} WHERE seq = 3");
        await log.Store.ExecuteAsync("UPDATE audit_entries SET shard = NULL, seq = NULL WHERE seq > 0");
        await log.Store.ExecuteAsync("DELETE FROM audit_checkpoints");
        await log.Store.ExecuteAsync($"UPDATE audit_tiles SET hashes = {(engine is Engine.Sqlite ? "substr(hashes, 1, 32)" : "substring(hashes FROM 1 FOR 32)")}");
        log.First.LastSigned.Write(known with { Checkpoint = new(known.Checkpoint.Origin, 0, TreeHash.OfNothing) });
        var forger = log.Process();
        await forger.FinishAsync();
        await forger.Sequencer.LeaveAsync(Cancelled);
        log.First.LastSigned.Write(known);
        await log.AddAsync(1);

        var next = log.Process();
        (await next.RoundAsync()).ShouldBe(LogRound.Halted);

        next.Board.Current.Problem!.ShouldContain("are not those that were signed");
    }

    [Theory, EachEngine]
    public async Task Who_does_not_know_what_was_signed_last_does_not_sign(Engine engine)
    {
        await using var log = await LogUnderTest.StartAsync(engine);
        await log.First.FinishAsync();
        await log.First.Sequencer.LeaveAsync(Cancelled);
        await log.AddAsync(1);
        var file = Path.Combine(log.Store.Options.DataDirectory, "keys", "audit.signed");
        File.Move(file, file + ".away");
        var next = log.Process();

        (await next.RoundAsync()).ShouldBe(LogRound.Failed);
        next.Board.Current.Problem!.ShouldContain("audit.signed is missing");
        await File.WriteAllTextAsync(file, "shard 1\n", Cancelled);
        (await next.RoundAsync()).ShouldBe(LogRound.Failed);
        next.Board.Current.Problem!.ShouldContain("damaged");

        File.Move(file + ".away", file, overwrite: true);
        await next.FinishAsync();
        (await log.VerifyAsync()).ShouldBe(2);
    }
}
