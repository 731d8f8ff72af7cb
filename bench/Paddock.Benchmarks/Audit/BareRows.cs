using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Paddock.Benchmarks.Audit;

/// <summary>What the same database does when it is given rows of the same size by a bare group commit: no index but the primary key, no second device, nothing sealed.</summary>
internal sealed class BareRows : IAsyncDisposable
{
    private readonly Channel<(byte[] Row, TaskCompletionSource Done)> waiting = Channel.CreateBounded<(byte[], TaskCompletionSource)>(10_000);
    private readonly Task running;

    private BareRows(Func<List<byte[]>, Task> write) => running = Task.Run(() => RunAsync(write));

    public static BareRows OnSqlite(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; CREATE TABLE rows (id INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT;");
        var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (entry) VALUES ($row)";
        var value = insert.Parameters.Add("$row", SqliteType.Blob);
        insert.Prepare();
        return new(async rows =>
        {
            await using var transaction = await connection.BeginTransactionAsync(); // synchronous on SQLite, like the others
            insert.Transaction = (SqliteTransaction)transaction;
            foreach (var row in rows)
            {
                value.Value = row;
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        });
    }

    public static async Task<BareRows> OnPostgresAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        await using var make = source.CreateCommand("DROP TABLE IF EXISTS bare_rows; CREATE TABLE bare_rows (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry BYTEA NOT NULL)");
        await make.ExecuteNonQueryAsync();
        return new(async rows =>
        {
            await using var insert = source.CreateCommand("INSERT INTO bare_rows (entry) SELECT * FROM unnest($1)");
            insert.Parameters.Add(new NpgsqlParameter { Value = rows.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            await insert.ExecuteNonQueryAsync();
        });
    }

    public async Task AppendAsync(byte[] row)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await waiting.Writer.WriteAsync((row, done));
        await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await running;
    }

    private async Task RunAsync(Func<List<byte[]>, Task> write)
    {
        var (rows, done) = (new List<byte[]>(), new List<TaskCompletionSource>());
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (rows.Count < 500 && waiting.Reader.TryRead(out var one))
            {
                rows.Add(one.Row);
                done.Add(one.Done);
            }

            await write(rows);
            done.ForEach(static one => one.SetResult());
            rows.Clear();
            done.Clear();
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
