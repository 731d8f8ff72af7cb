using System.Text;
using Microsoft.Data.Sqlite;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit;

/// <summary>Entries into SQLite: one change for all that have gathered.</summary>
internal sealed class SqliteEntrySink(SqliteDatabase database) : IEntrySink
{
    private const string Sql = "INSERT INTO audit_entries (id, made_at, act, ref, entry) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

    private SqliteConnection? prepared;
    private SqliteStatement? insert;

    public bool IsShared => false;

    public Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) => database.WriteAsync(
        session =>
        {
            var statement = On((SqliteConnection)session.Connection);
            foreach (var entry in entries)
            {
                Insert(statement, entry);
            }

            return Task.FromResult(true);
        },
        cancellationToken);

    // Only the writer's thread comes here, and its connection stays; it would be another only after it could not be opened.
    private SqliteStatement On(SqliteConnection connection)
    {
        if (insert is null || prepared != connection)
        {
            insert?.Dispose();
            (prepared, insert) = (connection, new(connection, Sql));
        }

        return insert;
    }

    private static void Insert(SqliteStatement statement, AuditEntry entry)
    {
        Span<byte> id = stackalloc byte[16];
        entry.Id.TryWriteBytes(id, bigEndian: true, out _);
        statement.Bytes(1, id);
        statement.Int(2, entry.MadeAt.ToMicros());
        statement.Text(3, Encoding.UTF8.GetBytes(entry.Act));
        if (entry.Ref is { } about)
        {
            statement.Text(4, Encoding.UTF8.GetBytes(about));
        }

        statement.Bytes(5, entry.Bytes.Span);
        statement.Execute();
    }
}
