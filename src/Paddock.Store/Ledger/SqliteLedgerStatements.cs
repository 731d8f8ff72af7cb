using System.Text;
using Microsoft.Data.Sqlite;
using Paddock.Store.Dialects;
using Paddock.Store.Tasks;

namespace Paddock.Store.Ledger;

/// <summary>The ledger's prepared statements on one connection.</summary>
internal sealed class SqliteLedgerStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement commit = new(connection, "COMMIT");
    private readonly SqliteStatement rollback = new(connection, "ROLLBACK");
    private readonly SqliteStatement cursor = new(connection, LedgerSql.MoveCursor);
    private readonly SqliteStatement addContext = new(connection, LedgerSql.InsertContext);
    private readonly SqliteStatement findContext = new(connection, LedgerSql.FindContext);
    private readonly SqliteStatement open = new(connection, LedgerSql.InsertOpen);
    private readonly SqliteStatement noteOpen = new(connection, LedgerSql.NoteOpen);
    private readonly SqliteStatement insert = new(connection, LedgerSql.InsertClosed);
    private readonly SqliteStatement close = new(connection, LedgerSql.Close);
    private readonly SqliteStatement forgetOpen = new(connection, LedgerSql.ForgetOpen);
    private readonly SqliteStatement attempt = new(connection, LedgerSql.InsertAttempt);
    private readonly SqliteStatement spend = new(connection, LedgerSql.AddSpend);
    private readonly SqliteStatement mark = new(connection, TaskMarks.Insert);
    private readonly byte[] id = new byte[16];

    public void Dispose()
    {
        SqliteStatement[] all = [begin, commit, rollback, cursor, addContext, findContext, open, noteOpen, insert, close, forgetOpen, attempt, spend, mark];
        Array.ForEach(all, s => s.Dispose());
    }

    public void Begin() => begin.Execute();

    public void Commit() => commit.Execute();

    public void Rollback() => rollback.Execute();

    public void MoveCursor(LedgerBatch batch)
    {
        cursor.Bytes(1, Bytes(batch.Journal));
        cursor.Int(2, batch.To.Segment);
        cursor.Int(3, batch.To.Offset);
        cursor.Execute();
    }

    public void AddContext(CallContext context)
    {
        addContext.Bytes(1, Bytes(context.Id));
        Bind(addContext, 2, CallFields.Context, context.Values);
        addContext.Execute();
    }

    public CallContext FindContext(Guid context)
    {
        findContext.Bytes(1, Bytes(context));
        if (!findContext.Step())
        {
            throw new InvalidDataException($"The ledger has a call whose context {context:N} is not there.");
        }

        var found = CallContext.FromRow(context, Text(0)!, Text(1)!, Text(2)!, Text(3));
        findContext.Reset();
        return found;

        string? Text(int column) => findContext.IsNull(column) ? null : Encoding.UTF8.GetString(findContext.ReadBytes(column));
    }

    /// <summary>A call that has not ended in its batch.</summary>
    public void Open(in OpeningView opening, CallContext context, Guid journal)
    {
        open.Bytes(1, opening.Id);
        open.Bytes(2, Bytes(context.Id));
        Bind(open, 3, CallFields.Opening, opening.Fields);
        if (open.Execute() == 1)
        {
            noteOpen.Bytes(1, opening.Id);
            noteOpen.Bytes(2, Bytes(journal));
            noteOpen.Execute();
        }
    }

    /// <summary>A call that began and ended in its batch. False when it was closed before.</summary>
    public bool Insert(in OpeningView opening, CallContext context, in ClosingView closing)
    {
        insert.Bytes(1, opening.Id);
        insert.Bytes(2, Bytes(context.Id));
        var next = Bind(insert, 3, CallFields.Opening, opening.Fields);
        Bind(insert, next, CallFields.Closing, closing.Fields);
        return insert.Execute() == 1;
    }

    /// <summary>The end of a call that began in an earlier batch. Null when there is no such open call.</summary>
    public (long OpenedAt, Guid Context)? Close(in ClosingView closing)
    {
        close.Bytes(1, closing.Id);
        Bind(close, 2, CallFields.Closing, closing.Fields);
        (long, Guid)? closed = close.Step() ? (close.ReadInt(0), new Guid(close.ReadBytes(1), bigEndian: true)) : null;
        close.Reset();
        forgetOpen.Bytes(1, closing.Id);
        forgetOpen.Execute();
        return closed;
    }

    public void AddAttempts(in ClosingView closing)
    {
        var groups = closing.AttemptGroups();
        for (var i = 0; i < closing.Attempts; i++)
        {
            attempt.Bytes(1, closing.Id);
            Bind(attempt, 2, CallFields.Attempt, groups.Group());
            attempt.Execute();
        }
    }

    public void AddSpend(List<SpendRow> rows)
    {
        foreach (var row in rows)
        {
            spend.Int(1, row.Bucket);
            spend.Text(2, Encoding.UTF8.GetBytes(row.Kind));
            spend.Text(3, Encoding.UTF8.GetBytes(row.Subject));
            spend.Int(4, row.NanoUsd);
            spend.Int(5, row.Tokens);
            spend.Execute();
        }
    }

    /// <summary>Says of which tasks something became known.</summary>
    public void Mark(IEnumerable<string> tasks)
    {
        foreach (var task in tasks)
        {
            mark.Text(1, Encoding.UTF8.GetBytes(task));
            mark.Execute();
        }
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
                case FieldKind.Int:
                    statement.Int(index, reader.Int());
                    break;
                case FieldKind.Flag:
                    statement.Int(index, reader.Flag() ? 1 : 0);
                    break;
                case FieldKind.OptionalInt when reader.OptionalInt() is { } number:
                    statement.Int(index, number);
                    break;
                case FieldKind.Text when reader.Text(out var text):
                    statement.Text(index, text);
                    break;
                default:
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
