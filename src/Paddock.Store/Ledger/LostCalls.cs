using System.Text;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>Closes the calls that a dead process left open: each is charged its floor, and says that this is an estimate.</summary>
internal sealed class LostCalls(IDatabase database)
{
    private const string Close =
        """
        UPDATE calls SET closed_at = @At, outcome = 'lost', status = 0, input_tokens = floor_tokens, cache_read_tokens = 0,
          cache_write_5m_tokens = 0, cache_write_1h_tokens = 0, output_tokens = 0, reasoning_tokens = 0, estimated = @Yes,
          cost_nano_usd = floor_nano_usd, price_source = 'unknown', price_row = 'floor',
          duration_us = CASE WHEN @At > opened_at THEN @At - opened_at ELSE 0 END, response_bytes = 0
        WHERE closed_at IS NULL
        """;

    private const string Returning = " RETURNING opened_at, principal_id, key_id, teams, task_id, cost_nano_usd, input_tokens";

    private const string OwnOpen = " AND id IN (SELECT call_id FROM open_calls WHERE journal = @Journal)";

    private const string AnyOpen = " AND id IN (SELECT call_id FROM open_calls)";

    /// <param name="batch">The batch of the record that says a process began; its cursor is moved in the same transaction.</param>
    /// <param name="everywhere">Whether open calls of other journals are lost too: so where only one process can own the database.</param>
    public Task CloseAsync(LedgerBatch batch, DateTimeOffset at, bool everywhere, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await LedgerCursor.MoveAsync(session, batch);
            return await CloseAsync(session, everywhere ? null : batch.Journal, at);
        },
        cancellationToken);

    /// <summary>Closes all that is open, or all of one journal.</summary>
    /// <returns>How many calls were lost.</returns>
    public static async Task<int> CloseAsync(Session session, Guid? journal, DateTimeOffset at)
    {
        var totals = new SpendTotals();
        object? id = journal is { } one ? session.Dialect.Id(one) : null;
        var lost = await session.ReadRowsAsync(
            Close + (journal is null ? AnyOpen : OwnOpen) + Returning,
            new { At = at.ToMicros(), Yes = true, Journal = id },
            row =>
            {
                var accounts = new CallAccounts
                {
                    OpenedAt = row.GetInt64(0),
                    Principal = Encoding.UTF8.GetBytes(row.GetString(1)),
                    Key = Encoding.UTF8.GetBytes(row.GetString(2)),
                    Teams = Encoding.UTF8.GetBytes(row.GetString(3)),
                    Task = row.IsDBNull(4) ? default : Encoding.UTF8.GetBytes(row.GetString(4)),
                };
                totals.Add(accounts, row.GetInt64(5), row.GetInt64(6));
                return true;
            });
        await session.ExecuteAsync(journal is null ? "DELETE FROM open_calls" : "DELETE FROM open_calls WHERE journal = @id", new { id });
        foreach (var total in totals.All)
        {
            await AddSpendAsync(session, total);
        }

        return lost.Count;
    }

    private static Task<int> AddSpendAsync(Session session, SpendTotals.Total total) => session.ExecuteAsync(
        """
        INSERT INTO spend (bucket, kind, subject, nano_usd, tokens) VALUES (@Bucket, @Kind, @Subject, @NanoUsd, @Tokens)
        ON CONFLICT (bucket, kind, subject) DO UPDATE
        SET nano_usd = spend.nano_usd + excluded.nano_usd, tokens = spend.tokens + excluded.tokens
        """,
        new { total.Bucket, Kind = SpendKinds.Names[(int)total.Kind], Subject = Encoding.UTF8.GetString(total.Subject), total.NanoUsd, total.Tokens });
}
