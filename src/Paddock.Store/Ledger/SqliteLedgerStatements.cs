using Microsoft.Data.Sqlite;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>The ledger's prepared statements on one connection.</summary>
internal sealed class SqliteLedgerStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement commit = new(connection, "COMMIT");
    private readonly SqliteStatement rollback = new(connection, "ROLLBACK");
    private readonly SqliteStatement open = new(connection, LedgerSql.InsertOpen);
    private readonly SqliteStatement noteOpen = new(connection, LedgerSql.NoteOpen);
    private readonly SqliteStatement insert = new(connection, LedgerSql.InsertClosed);
    private readonly SqliteStatement close = new(connection, LedgerSql.Close);
    private readonly SqliteStatement forgetOpen = new(connection, LedgerSql.ForgetOpen);
    private readonly SqliteStatement attempt = new(connection, LedgerSql.InsertAttempt);
    private readonly SqliteStatement spend = new(connection, LedgerSql.AddSpend);
    private readonly SqliteStatement cursor = new(connection, LedgerSql.MoveCursor);
    private readonly SpendTotals totals = new();
    private readonly byte[] id = new byte[16];

    public SqliteConnection Connection => connection;

    public void Dispose()
    {
        SqliteStatement[] all = [begin, commit, rollback, open, noteOpen, insert, close, forgetOpen, attempt, spend, cursor];
        Array.ForEach(all, s => s.Dispose());
    }

    public void Begin() => begin.Execute();

    public void Commit() => commit.Execute();

    public void Rollback()
    {
        totals.Clear();
        rollback.Execute();
    }

    public void MoveCursor(LedgerBatch batch)
    {
        cursor.Bytes(1, Bytes(batch.Journal));
        cursor.Int(2, batch.To.Segment);
        cursor.Int(3, batch.To.Offset);
        cursor.Execute();
    }

    /// <summary>A call that has not ended in its batch.</summary>
    public void Open(ReadOnlySpan<byte> opening, Guid journal)
    {
        Bind(open, 1, CallFields.Opening, opening);
        if (open.Execute() == 1)
        {
            noteOpen.Bytes(1, opening[..16]);
            noteOpen.Bytes(2, Bytes(journal));
            noteOpen.Execute();
        }
    }

    /// <summary>A call that began and ended in its batch. False when it was closed before.</summary>
    public bool Insert(ReadOnlySpan<byte> opening, in ClosingView closing)
    {
        var next = Bind(insert, 1, CallFields.Opening, opening);
        Bind(insert, next, CallFields.Closing, closing.Fields);
        if (insert.Execute() == 0)
        {
            return false;
        }

        totals.Add(CallAccounts.Of(opening), closing.NanoUsd, closing.Tokens);
        return true;
    }

    /// <summary>The end of a call that began in an earlier batch. False when there is no such open call.</summary>
    public bool Close(Guid call, in ClosingView closing)
    {
        var next = Bind(close, 1, CallFields.Closing, closing.Fields);
        close.Bytes(next, Bytes(call));
        var closed = close.Step();
        if (closed)
        {
            var accounts = new CallAccounts
            {
                OpenedAt = close.ReadInt(0),
                Principal = close.ReadText(1),
                Key = close.ReadText(2),
                Teams = close.ReadText(3),
                Task = close.ReadText(4),
            };
            totals.Add(accounts, closing.NanoUsd, closing.Tokens);
        }

        close.Reset();
        forgetOpen.Bytes(1, Bytes(call));
        forgetOpen.Execute();
        return closed;
    }

    public void AddAttempts(Guid call, in ClosingView closing)
    {
        var groups = closing.AttemptGroups();
        for (var i = 0; i < closing.Attempts; i++)
        {
            attempt.Bytes(1, Bytes(call));
            Bind(attempt, 2, CallFields.Attempt, groups.Group());
            attempt.Execute();
        }
    }

    public void AddSpend()
    {
        foreach (var total in totals.All)
        {
            spend.Int(1, total.Bucket);
            spend.Text(2, SpendKinds.Utf8[(int)total.Kind]);
            spend.Text(3, total.Subject);
            spend.Int(4, total.NanoUsd);
            spend.Int(5, total.Tokens);
            spend.Execute();
        }

        totals.Clear();
    }

    /// <summary>Binds values as they are read; null ones stay unbound.</summary>
    /// <returns>The index after the last.</returns>
    private static int Bind(SqliteStatement statement, int index, CallField[] fields, ReadOnlySpan<byte> values)
    {
        var reader = new FieldReader(values);
        foreach (var field in fields)
        {
            switch (field.Kind)
            {
                case FieldKind.Text:
                    if (reader.Text(out var text))
                    {
                        statement.Text(index, text);
                    }

                    break;
                case FieldKind.Int:
                    statement.Int(index, reader.Int());
                    break;
                case FieldKind.OptionalInt:
                    if (reader.OptionalInt() is { } number)
                    {
                        statement.Int(index, number);
                    }

                    break;
                case FieldKind.Flag:
                    statement.Int(index, reader.Flag() ? 1 : 0);
                    break;
                default:
                    statement.Bytes(index, reader.IdBytes());
                    break;
            }

            index++;
        }

        return index;
    }

    private ReadOnlySpan<byte> Bytes(Guid value)
    {
        value.TryWriteBytes(id, bigEndian: true, out _);
        return id;
    }
}
