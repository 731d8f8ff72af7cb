namespace Paddock.Store.Ledger;

/// <summary>Takes batches of the journal into the database: each in one transaction, together with the journal's cursor.</summary>
internal interface ILedgerSink
{
    /// <summary>How far a journal was taken over; null when nothing of it was.</summary>
    Task<JournalPosition?> CursorAsync(Guid journal, CancellationToken cancellationToken);

    Task ApplyAsync(LedgerBatch batch, CancellationToken cancellationToken);
}
