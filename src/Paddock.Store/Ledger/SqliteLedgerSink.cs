using Microsoft.Data.Sqlite;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>The ledger's batches into SQLite, on the writer's thread.</summary>
internal sealed class SqliteLedgerSink(SqliteDatabase database) : ILedgerSink, IAsyncDisposable
{
    private readonly LostCalls lost = new(database);
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
        var to = statements is { } ready && ready.Connection == connection ? ready : statements = new(connection);
        to.Begin();
        try
        {
            to.MoveCursor(batch);
            foreach (ref readonly var call in batch.Calls)
            {
                Apply(to, batch, call);
            }

            to.AddSpend();
            to.Commit();
        }
        catch
        {
            to.Rollback();
            throw;
        }
    }

    private static void Apply(SqliteLedgerStatements to, LedgerBatch batch, in BatchCall call)
    {
        var opening = batch.Opening(call);
        if (!call.Closes)
        {
            to.Open(opening, batch.Journal);
            return;
        }

        var closing = new ClosingView(batch.Closing(call));
        if (call.Opens ? to.Insert(opening, closing) : to.Close(call.Id, closing))
        {
            to.AddAttempts(call.Id, closing);
        }
    }
}
