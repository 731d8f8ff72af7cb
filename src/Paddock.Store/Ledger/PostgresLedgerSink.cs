using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>The ledger's batches into PostgreSQL: a handful of statements for a batch of any size.</summary>
internal sealed class PostgresLedgerSink(PostgresDatabase database) : ILedgerSink
{
    private readonly LostCalls lost = new(database);
    private readonly ContextCache contexts = new();
    private readonly SpendTotals totals = new();

    public Task<JournalPosition?> CursorAsync(Guid journal, CancellationToken cancellationToken) => LedgerCursor.ReadAsync(database, journal, cancellationToken);

    public async Task ApplyAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        if (batch.LostAt is { } at)
        {
            await lost.CloseAsync(batch, at, everywhere: false, cancellationToken);
            return;
        }

        contexts.Begin();
        totals.Clear();
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var statements = new PostgresLedgerBatch(batch, contexts, connection, cancellationToken);
        await statements.MoveCursorAsync();
        await statements.AddContextsAsync();
        await statements.OpenAsync();
        await statements.CloseAsync(contexts, totals);
        await statements.AddSpendAsync(totals.Rows());
        await statements.MarkAsync();
        await transaction.CommitAsync(cancellationToken);
        contexts.Commit();
    }
}
