using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Notifications;
using Paddock.Store.Audit;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Dialects;
using Paddock.Testing;

namespace Paddock.Store.Tests.Audit.Tiles;

/// <summary>A log on a migrated database whose rounds the test runs itself; nothing runs in the background.</summary>
internal sealed class LogUnderTest : IAsyncDisposable
{
    private readonly List<PostgresLease> leases = [];
    private int made;

    private LogUnderTest(StoreUnderTest store, WatchedSigner signer) => (Store, Signer, First) = (store, signer, null!);

    public StoreUnderTest Store { get; }

    /// <summary>Of every process: what was signed by any of them.</summary>
    public WatchedSigner Signer { get; }

    public TestProcess First { get; private set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<LogUnderTest> StartAsync(Engine engine, Func<StoreOptions, StoreOptions>? configure = null)
    {
        var store = await StoreUnderTest.BuildAsync(engine, configure);
        await store.Maintenance.MigrateAsync(Cancelled);
        var log = new LogUnderTest(store, new(new KeyFileSigner(store.Options)));
        log.First = log.Process();
        return log;
    }

    /// <summary>A process on this database that has seen nothing of it yet: the next in the same directory, or one in its own.</summary>
    /// <param name="directory">Its data directory; null = the first one's.</param>
    public TestProcess Process(string? directory = null)
    {
        var options = directory is null ? Store.Options : Store.Options with { DataDirectory = directory };
        return new(this, NewLease(), new FaultyLastSigned(new LastSignedFile(options)), directory is null ? Signer : new WatchedSigner(new KeyFileSigner(options)), options);
    }

    /// <summary>Commits entries that are not in the log.</summary>
    /// <param name="at">Whose ids and times they have; later ones sort behind.</param>
    public Task AddAsync(int count, DateTimeOffset? at = null) => Store.Get<IDatabase>().WriteAsync(
        async session =>
        {
            for (var i = 0; i < count; i++)
            {
                await InsertAsync(session, at ?? StoreUnderTest.Noon);
            }

            return true;
        },
        Cancelled);

    public Task InsertAsync(Session session, DateTimeOffset at)
    {
        var number = Interlocked.Increment(ref made);
        var id = Guid.CreateVersion7(at);
        return session.ExecuteAsync(
            "INSERT INTO audit_entries (id, made_at, act, ref, entry) VALUES (@Id, @At, 'test', @Ref, @Entry)",
            new { Id = session.Dialect.Id(id), At = at.ToMicros(), Ref = $"ref-{number}", Entry = Encoding.UTF8.GetBytes($"{{\"n\":{number}}}") });
    }

    /// <summary>Recomputes everything from the entries, as an auditor would, and holds every checkpoint that was ever signed against it.</summary>
    /// <returns>Size of the newest published checkpoint of the newest shard.</returns>
    public async Task<long> VerifyAsync() => (await VerifyShardsAsync())[^1];

    /// <summary>The same for each shard; those that were archived are left out.</summary>
    public async Task<IReadOnlyList<long>> VerifyShardsAsync()
    {
        var shards = await Store.Get<IDatabase>().ReadAsync(ShardRow.AllAsync, Cancelled);
        var (sizes, signed) = (new List<long>(), Signer.Signed.ToList());
        foreach (var shard in shards.Where(shard => shard.ArchivedAt is null))
        {
            sizes.Add(await VerifyAsync(shard, signed.FindAll(checkpoint => checkpoint.Origin == shard.Origin)));
        }

        signed.Where(checkpoint => !shards.Exists(shard => shard.Origin == checkpoint.Origin)).ShouldBeEmpty();
        return sizes;
    }

    private async Task<long> VerifyAsync(ShardRow shard, List<LogCheckpoint> signed)
    {
        var (entries, tiles, note) = await Store.Get<IDatabase>().ReadAsync(
            async session => (
                await session.ReadRowsAsync("SELECT seq, entry FROM audit_entries WHERE shard = @Number ORDER BY seq", shard, row => (Seq: row.GetInt64(0), Entry: (byte[])row.GetValue(1))),
                await session.ReadRowsAsync("SELECT level, idx, hashes FROM audit_tiles WHERE shard = @Number", shard, row => (Level: (int)row.GetInt64(0), Index: row.GetInt64(1), Hashes: (byte[])row.GetValue(2))),
                await CheckpointRow.NewestAsync(session, shard.Number)),
            Cancelled);
        entries.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(0, entries.Count).Select(i => (long)i));
        var (expected, peaks, roots) = (new List<Tile>(), new TreePeaks(), new List<TreeHash> { TreeHash.OfNothing });
        TreeEdge.Empty.Append(entries.Select(entry => TreeHash.OfLeaf(entry.Entry)), expected);
        foreach (var (_, entry) in entries)
        {
            peaks.Add(TreeHash.OfLeaf(entry));
            roots.Add(peaks.Root);
        }

        tiles.Select(tile => (tile.Level, tile.Index, Convert.ToHexString(tile.Hashes))).Order()
            .ShouldBe(expected.Select(tile => (tile.Id.Level, tile.Id.Index, Convert.ToHexString(tile.Hashes.Span))).Order());
        foreach (var checkpoint in signed)
        {
            checkpoint.Root.ShouldBe(roots[(int)checkpoint.Size], "a checkpoint that was signed is one of this log, also when nobody saw it");
        }

        if (note is null)
        {
            return 0;
        }

        var published = SignedCheckpoint.Open(note.Note, shard.Key, new Ed25519Verifier()).Checkpoint;
        published.Root.ShouldBe(roots[(int)published.Size]);
        return published.Size;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }

        await Store.DisposeAsync();
    }

    private ILogLease NewLease()
    {
        if (Store.Get<IDatabase>() is not PostgresDatabase postgres)
        {
            return new OnlyProcessLease(Store.Get<SqliteDatabase>());
        }

        var lease = new PostgresLease(postgres);
        leases.Add(lease);
        return lease;
    }
}

/// <summary>What one process has of the log.</summary>
internal sealed class TestProcess
{
    public TestProcess(LogUnderTest log, ILogLease lease, FaultyLastSigned lastSigned, WatchedSigner signer, StoreOptions options)
    {
        var (store, verifier) = (log.Store, new Ed25519Verifier());
        (Lease, LastSigned, Board) = (new(lease), lastSigned, new(Told, store.Time, NullLogger<LogBoard>.Instance));
        var check = new LogCheck(verifier);
        var (book, restart) = (store.Get<EntryBook>(), new LogRestart(Lease, signer, store.Get<EntryBook>(), Told, store.Time, NullLogger<LogRestart>.Instance));
        Sequencer = new(
            Lease, new(Lease, check, signer, lastSigned, book, restart, options, store.Time), new(Lease, signer, book, options, store.Time, NullLogger<ShardTurn>.Instance),
            new(Lease, store.Time, NullLogger<HaltKeeper>.Instance), new(signer, verifier), lastSigned, Board, store.Get<LogMetrics>(), store.Time);
        Care = new(store.Get<RecordedDatabase>(), store.Get<IAuditLog>(), signer, lastSigned, Sequencer, new(store.Get<RecordedDatabase>(), store.Time), store.Time);
        Follower = new(store.Get<IDatabase>(), check, lastSigned, Board);
    }

    public FaultyLease Lease { get; }

    public FaultyLastSigned LastSigned { get; }

    public LogBoard Board { get; }

    public LogSequencer Sequencer { get; }

    public LogFollower Follower { get; }

    /// <summary>What operators ask of this process.</summary>
    public LogCare Care { get; }

    public ToldNotifications Told { get; } = new();

    public Task<LogRound> RoundAsync() => Sequencer.RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Rounds until nothing waits.</summary>
    public async Task FinishAsync()
    {
        LogRound round;
        while ((round = await RoundAsync()) is LogRound.More)
        {
        }

        round.ShouldBe(LogRound.Done, Board.Current.Problem);
    }
}
