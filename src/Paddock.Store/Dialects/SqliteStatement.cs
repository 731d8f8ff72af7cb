using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Paddock.Store.Dialects;

/// <summary>
/// A statement prepared once and bound from UTF-8. SqliteCommand boxes each parameter and turns texts to UTF-8 again: with the
/// ledger's 26 columns that would cost more than SQLite itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    /// <param name="index">From 1.</param>
    public void Int(int index, long value) => Check(raw.sqlite3_bind_int64(statement, index, value));

    public void Text(int index, ReadOnlySpan<byte> utf8) =>
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(statement, index, "") : raw.sqlite3_bind_text(statement, index, utf8));

    public void Bytes(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(statement, index, value));

    /// <summary>Whether there is a row.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is raw.SQLITE_ROW)
        {
            return true;
        }

        if (result is not raw.SQLITE_DONE)
        {
            Reset();
            Check(result);
        }

        return false;
    }

    /// <summary>Runs the statement and gives the number of rows it changed.</summary>
    public int Execute()
    {
        Step();
        var changes = raw.sqlite3_changes(database);
        Reset();
        return changes;
    }

    public long ReadInt(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>A blob, or a text as UTF-8. Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> ReadBytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Forgets row and parameters; a parameter that is not bound again is null.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result, raw.sqlite3_extended_errcode(database));
        }
    }
}
