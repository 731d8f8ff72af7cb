using Paddock.Store.Dialects;
using Paddock.Store.Tasks;

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
        WHERE closed_at IS NULL AND id IN (SELECT call_id FROM open_calls{0})
        RETURNING opened_at, context_id, cost_nano_usd, input_tokens
        """;

    private const string OfJournal = " WHERE journal = @Journal";

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
        var dialect = session.Dialect;
        var which = journal is null ? "" : OfJournal;
        object? id = journal is { } one ? dialect.Id(one) : null;
        var lost = await session.ReadRowsAsync(
            Close.Replace("{0}", which, StringComparison.Ordinal),
            new { At = at.ToMicros(), Yes = true, Journal = id },
            row => (OpenedAt: row.GetInt64(0), Context: dialect.ReadId(row.GetValue(1)), NanoUsd: row.GetInt64(2), Tokens: row.GetInt64(3)));
        await session.ExecuteAsync("DELETE FROM open_calls" + which, new { Journal = id });

        var (totals, tasks) = (new SpendTotals(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var calls in lost.GroupBy(l => l.Context))
        {
            var context = await FindContextAsync(session, calls.Key);
            tasks.UnionWith(context.Task is { } task ? [task] : []);
            foreach (var call in calls)
            {
                totals.Add(context, call.OpenedAt, call.NanoUsd, call.Tokens);
            }
        }

        foreach (var row in totals.Rows())
        {
            await session.ExecuteAsync(
                """
                INSERT INTO spend (bucket, kind, subject, nano_usd, tokens) VALUES (@Bucket, @Kind, @Subject, @NanoUsd, @Tokens)
                ON CONFLICT (bucket, kind, subject) DO UPDATE
                SET nano_usd = spend.nano_usd + excluded.nano_usd, tokens = spend.tokens + excluded.tokens
                """,
                row);
        }

        await TaskMarks.AddAsync(session, tasks);
        return lost.Count;
    }

    private static async Task<CallContext> FindContextAsync(Session session, Guid id)
    {
        var rows = await session.ReadRowsAsync(
            "SELECT principal_id, key_id, teams, task_id FROM call_contexts WHERE id = @Id",
            new { Id = session.Dialect.Id(id) },
            row => CallContext.FromRow(id, row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));
        return rows[0];
    }
}
