using System.Data.Common;
using Dapper;

namespace Paddock.Store.Dialects;

/// <summary>
/// A connection inside its transaction. Work awaits nothing but this session: on SQLite every call completes at once, on the
/// thread that owns the connection. On PostgreSQL a row is read to its end before anybody looks at it: a column that has not come yet
/// would be waited for on the thread that brings it, since sockets complete inline, and for ever. So nothing here reads columns one after
/// the other, as Dapper's own queries and ExecuteScalar do.
/// </summary>
internal sealed class Session(DbConnection connection, DbTransaction? transaction, IDialect dialect, CancellationToken cancellationToken)
{
    public IDialect Dialect => dialect;

    public DbConnection Connection => connection;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Rows affected.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        Func<DbDataReader, T>? map = null;
        return await ReadRowsAsync(sql, parameters, row => (map ??= RowMap.Of<T>(row))(row));
    }

    /// <summary>The first column of the first row; the type's default when that is null, or there is no row.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) =>
        ReadAsync(sql, parameters, async reader => await reader.ReadAsync(cancellationToken) ? RowMap.ValueOf<T>(reader) : default);

    /// <summary>Reads rows that are mapped by hand.</summary>
    public Task<List<T>> ReadRowsAsync<T>(string sql, object? parameters, Func<DbDataReader, T> map) => ReadAsync(
        sql,
        parameters,
        async reader =>
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(map(reader));
            }

            return rows;
        });

    /// <summary>Reads row by row and keeps none: for tables that do not fit in memory.</summary>
    /// <returns>How many there were.</returns>
    public Task<long> ForEachRowAsync(string sql, Action<DbDataReader> take) => ReadAsync(
        sql,
        null,
        async reader =>
        {
            var rows = 0L;
            for (; await reader.ReadAsync(cancellationToken); rows++)
            {
                take(reader);
            }

            return rows;
        });

    /// <summary>Names of a table's columns; none when there is no such table.</summary>
    public async Task<List<string>> ColumnsAsync(string table) => await QueryAsync<string>(
        dialect is Postgres
            ? "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = @table"
            : "SELECT name FROM pragma_table_info(@table)",
        new { table });

    private async Task<T> ReadAsync<T>(string sql, object? parameters, Func<DbDataReader, Task<T>> read)
    {
        var opened = await connection.ExecuteReaderAsync(Command(sql, parameters));

        // Dapper's reader lets go of its command when it is disposed of, but not when it is so asynchronously. A statement that is left
        // open keeps SQLite's connection, and with it what is only in the write-ahead log, until the garbage is collected.
        using var command = opened;
        await using var reader = opened;
        return await read(reader);
    }

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);
}
