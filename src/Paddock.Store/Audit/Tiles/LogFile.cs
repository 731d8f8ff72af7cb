using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>The log in a data directory on SQLite, read as it was at one moment, also while a server runs on it. Writes nothing.</summary>
public sealed class LogFile : ILogShards, IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction snapshot;
    private readonly ImmutableArray<LogShard> shards;

    private LogFile(SqliteConnection connection, SqliteTransaction snapshot, ImmutableArray<LogShard> shards) => (this.connection, this.snapshot, this.shards) = (connection, snapshot, shards);

    /// <exception cref="FileNotFoundException">There is no database of SQLite.</exception>
    public static async Task<LogFile> OpenAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var file = new StoreOptions { DataDirectory = dataDirectory }.DatabaseFile;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{dataDirectory} holds no database. A log on PostgreSQL is checked by its server's address.");
        }

        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            await opened.OpenAsync(cancellationToken);
            var begun = opened.BeginTransaction(deferred: true);
            return new(opened, begun, await LogPages.ShardsAsync(new(opened, begun, new Sqlite(), cancellationToken))); // the first read fixes the moment
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public ValueTask<IReadOnlyList<LogShard>?> ShardsAsync(CancellationToken cancellationToken) => new(shards);

    public ILogSource Open(long? shard) => new Source(this, shard);

    public async ValueTask DisposeAsync()
    {
        await snapshot.DisposeAsync();
        await connection.DisposeAsync();
    }

    private Session Session(CancellationToken cancellationToken) => new(connection, snapshot, new Sqlite(), cancellationToken);

    private sealed class Source(LogFile file, long? shard) : ILogSource
    {
        private PublishedLog? log;

        public async ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken) => (await LogAsync(cancellationToken))?.VerifierKey;

        public async ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) => (await LogAsync(cancellationToken))?.Note;

        public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
            await LogAsync(cancellationToken) is { } found ? await LogPages.ReadAsync(file.Session(cancellationToken), found.Shard, found.Checkpoint.Size, tile) : null;

        private async ValueTask<PublishedLog?> LogAsync(CancellationToken cancellationToken) => log ??= await LogPages.NewestAsync(file.Session(cancellationToken), shard);
    }
}
