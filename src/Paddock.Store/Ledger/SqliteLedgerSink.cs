using Microsoft.Data.Sqlite;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>The ledger's batches into SQLite, on the writer's thread.</summary>
internal sealed class SqliteLedgerSink(SqliteDatabase database) : ILedgerSink, IAsyncDisposable
{
    private readonly LostCalls lost = new(database);
    private readonly ContextCache contexts = new();
    private readonly SpendTotals totals = new();
    private readonly HashSet<string> tasks = new(StringComparer.Ordinal);
    private SqliteLedgerStatements? statements;

    public Task<JournalPosition?> CursorAsync(Guid journal, CancellationToken cancellationToken) => LedgerCursor.ReadAsync(database, journal, cancellationToken);

    public Task ApplyAsync(LedgerBatch batch, CancellationToken cancellationToken) => batch.LostAt is { } at
        ? lost.CloseAsync(batch, at, everywhere: true, cancellationToken)
        : database.OnWriterAsync(batch.Durable, connection => { Apply(connection, batch); return true; }, cancellationToken);

    /// <summary>Statements that are not finished keep the file open behind its connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (statements is { } ready)
        {
            statements = null;
            await database.OnWriterAsync(durable: true, _ => { ready.Dispose(); return true; }, CancellationToken.None);
        }
    }

    private void Apply(SqliteConnection connection, LedgerBatch batch)
    {
        var to = statements ??= new(connection);
        contexts.Begin();
        totals.Clear();
        tasks.Clear();
        to.Begin();
        try
        {
            to.MoveCursor(batch);
            foreach (ref readonly var call in batch.Calls)
            {
                if (call.Opens)
                {
                    Open(to, batch, call);
                }
                else
                {
                    Close(to, new(batch.Closing(call)));
                }
            }

            to.AddSpend(totals.Rows());
            to.Mark(tasks);
            to.Commit();
            contexts.Commit();
        }
        catch
        {
            to.Rollback();
            throw;
        }
    }

    /// <summary>A call that begins in the batch, and perhaps ends in it.</summary>
    private void Open(SqliteLedgerStatements to, LedgerBatch batch, in BatchCall call)
    {
        var opening = new OpeningView(batch.Opening(call));
        var context = contexts.Of(opening.Context, out var isFresh);
        if (isFresh)
        {
            to.AddContext(context);
        }

        Mark(context);

        if (!call.Closes)
        {
            to.Open(opening, context, batch.Journal);
            return;
        }

        var closing = new ClosingView(batch.Closing(call));
        if (to.Insert(opening, context, closing))
        {
            totals.Add(context, opening.OpenedAt, closing.NanoUsd, closing.Tokens);
            to.AddAttempts(closing);
        }
    }

    /// <summary>The end of a call that began in an earlier batch.</summary>
    private void Close(SqliteLedgerStatements to, in ClosingView closing)
    {
        if (to.Close(closing) is not var (openedAt, contextId))
        {
            return;
        }

        if (contexts.Find(contextId) is not { } context)
        {
            context = to.FindContext(contextId);
            contexts.Add(context);
        }

        Mark(context);
        totals.Add(context, openedAt, closing.NanoUsd, closing.Tokens);
        to.AddAttempts(closing);
    }

    private void Mark(CallContext context)
    {
        if (context.Task is { } task)
        {
            tasks.Add(task);
        }
    }
}
