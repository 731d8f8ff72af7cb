using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>How far a journal has been taken over, where it is not part of a prepared batch.</summary>
internal static class LedgerCursor
{
    public static Task<JournalPosition?> ReadAsync(IDatabase database, Guid journal, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var rows = await session.ReadRowsAsync(
                "SELECT segment, place FROM journal_cursors WHERE journal = @Id",
                new { Id = session.Dialect.Id(journal) },
                row => new JournalPosition(row.GetInt64(0), row.GetInt64(1)));
            return rows is [var cursor] ? cursor : (JournalPosition?)null;
        },
        cancellationToken);

    public static Task<int> MoveAsync(Session session, LedgerBatch batch) => session.ExecuteAsync(
        """
        INSERT INTO journal_cursors (journal, segment, place) VALUES (@Id, @Segment, @Offset)
        ON CONFLICT (journal) DO UPDATE SET segment = excluded.segment, place = excluded.place
        """,
        new { Id = session.Dialect.Id(batch.Journal), batch.To.Segment, batch.To.Offset });
}
