using Microsoft.Data.Sqlite;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>The log in a data directory on SQLite, read as it was at one moment, also while a server runs on it. Writes nothing.</summary>
public sealed class LogFile : ILogSource, IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction snapshot;
    private readonly PublishedLog? log;

    private LogFile(SqliteConnection connection, SqliteTransaction snapshot, PublishedLog? log) => (this.connection, this.snapshot, this.log) = (connection, snapshot, log);

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
            return new(opened, begun, await LogPages.NewestAsync(new(opened, begun, new Sqlite(), cancellationToken)));
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public ValueTask<string?> VerifierKeyAsync(CancellationToken cancellationToken) => new(log?.VerifierKey);

    public ValueTask<string?> CheckpointAsync(CancellationToken cancellationToken) => new(log?.Note);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TileId tile, CancellationToken cancellationToken) =>
        log is null ? null : await LogPages.ReadAsync(new(connection, snapshot, new Sqlite(), cancellationToken), log.Shard, log.Checkpoint.Size, tile);

    public async ValueTask DisposeAsync()
    {
        await snapshot.DisposeAsync();
        await connection.DisposeAsync();
    }
}
