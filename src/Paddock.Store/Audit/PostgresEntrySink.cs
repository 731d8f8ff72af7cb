using Npgsql;
using NpgsqlTypes;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit;

/// <summary>Entries into PostgreSQL: one statement for all that have gathered, which is its own transaction.</summary>
internal sealed class PostgresEntrySink(PostgresDatabase database) : IEntrySink
{
    private const string Sql =
        """
        INSERT INTO audit_entries (id, made_at, act, ref, entry)
        SELECT * FROM unnest($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        """;

    public bool IsShared => true;

    public async Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(Sql);
        Add(command, NpgsqlDbType.Uuid, Column(entries, static entry => entry.Id));
        Add(command, NpgsqlDbType.Bigint, Column(entries, static entry => entry.MadeAt.ToMicros()));
        Add(command, NpgsqlDbType.Text, Column(entries, static entry => entry.Act));
        Add(command, NpgsqlDbType.Text, Column(entries, static entry => entry.Ref));
        Add(command, NpgsqlDbType.Bytea, Column(entries, static entry => entry.Bytes));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static T[] Column<T>(IReadOnlyList<AuditEntry> entries, Func<AuditEntry, T> value)
    {
        var column = new T[entries.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(entries[i]);
        }

        return column;
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, T[] values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
