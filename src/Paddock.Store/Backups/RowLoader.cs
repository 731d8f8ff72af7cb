using Microsoft.Data.Sqlite;
using Npgsql;
using Paddock.Store.Dialects;

namespace Paddock.Store.Backups;

/// <summary>Writes many rows into one table: by COPY into PostgreSQL, by one prepared statement into SQLite.</summary>
internal abstract class RowLoader : IAsyncDisposable
{
    public static async Task<RowLoader> OpenAsync(Session session, BackupPart part) => session.Connection switch
    {
        NpgsqlConnection connection => new Copy(await connection.BeginBinaryImportAsync(
            $"COPY {part.Table} ({Columns(part)}) FROM STDIN (FORMAT BINARY)", session.CancellationToken)),
        SqliteConnection connection => new Insert(connection, part),
        var other => throw new NotSupportedException(other.GetType().Name),
    };

    public abstract Task AddAsync(object?[] values, CancellationToken cancellationToken);

    public abstract Task CompleteAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    private static string Columns(BackupPart part) => string.Join(", ", part.Columns.Select(c => c.Name));

    private sealed class Copy(NpgsqlBinaryImporter importer) : RowLoader
    {
        public override async Task AddAsync(object?[] values, CancellationToken cancellationToken)
        {
            await importer.StartRowAsync(cancellationToken);
            foreach (var value in values)
            {
                await (value switch
                {
                    null => importer.WriteNullAsync(cancellationToken),
                    long number => importer.WriteAsync(number, cancellationToken),
                    bool flag => importer.WriteAsync(flag, cancellationToken),
                    Guid id => importer.WriteAsync(id, cancellationToken),
                    byte[] bytes => importer.WriteAsync(bytes, cancellationToken),
                    _ => importer.WriteAsync((string)value, cancellationToken),
                });
            }
        }

        public override async Task CompleteAsync(CancellationToken cancellationToken) => await importer.CompleteAsync(cancellationToken);

        public override ValueTask DisposeAsync() => importer.DisposeAsync();
    }

    private sealed class Insert : RowLoader
    {
        private readonly SqliteCommand command;

        public Insert(SqliteConnection connection, BackupPart part)
        {
            command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {part.Table} ({Columns(part)}) VALUES ({string.Join(", ", part.Columns.Select((_, i) => $"@p{i}"))})";
            for (var i = 0; i < part.Columns.Length; i++)
            {
                command.Parameters.Add(new($"@p{i}", null));
            }
        }

        public override async Task AddAsync(object?[] values, CancellationToken cancellationToken)
        {
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
