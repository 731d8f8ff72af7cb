using Paddock.Core.Alerts;
using Paddock.Core.Ledger;
using Paddock.Store.Dialects;

namespace Paddock.Store.Alerts;

/// <summary>Counts by the minute, from the calls and decisions of a stretch of time.</summary>
internal static class SignalSources
{
    private static readonly string faults = "('" + string.Join("', '", ProviderFaults.Classes) + "')"; // words of ours

    private const long Minute = 60_000_000;

    public static async Task<List<SignalRow>> ReadAsync(Session session, DateTimeOffset from, DateTimeOffset until)
    {
        var dialect = session.Dialect;
        var calls = new { From = dialect.Id(FirstOf(from)), Until = dialect.Id(FirstOf(until)), Minute };
        var decisions = new { From = from.ToMicros(), Until = until.ToMicros(), Minute, Yes = true };
        var rows = new List<SignalRow>();
        foreach (var (signal, sql, parameters) in ((Signal, string, object)[])
        [
            (Signal.ProviderTries, Tries($"a.error_class IN {faults}"), calls),
            (Signal.ProviderCredentials, Tries("a.status IN (401, 403)"), calls),
            (Signal.RouteCalls, Routes, calls),
            (Signal.Commands, Commands, decisions),
            (Signal.Mutations, MutationsBy("agent || '/' || tool"), decisions),
            (Signal.MutationClasses, MutationsBy("agent || '/' || tool || '/' || class"), decisions),
            (Signal.Spend, Spend, calls),
        ])
        {
            rows.AddRange(await session.ReadRowsAsync(sql, parameters, row => new SignalRow(signal, row.GetInt64(0), row.GetString(1), new(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)))));
        }

        return rows;
    }

    /// <summary>Of the tries of a call at one provider the last: one that came through after a wait was no failure.</summary>
    private static string Tries(string bad) =>
        $"""
        SELECT c.opened_at / @Minute * @Minute, a.provider, CAST(sum(CASE WHEN {bad} THEN 1 ELSE 0 END) AS BIGINT), count(*), CAST(0 AS BIGINT)
        FROM calls c CROSS JOIN attempts a WHERE a.call_id = c.id AND c.id >= @From AND c.id < @Until AND NOT EXISTS (SELECT 1 FROM attempts b WHERE b.call_id = a.call_id AND b.provider = a.provider AND b.number > a.number)
        GROUP BY c.opened_at / @Minute * @Minute, a.provider
        """;

    private static string Routes =>
        $"""
        SELECT c.opened_at / @Minute * @Minute, x.model_asked, CAST(sum(CASE WHEN c.outcome IN ('failed', 'partial') AND c.error_class IN {faults} THEN 1 ELSE 0 END) AS BIGINT), count(*), CAST(0 AS BIGINT)
        FROM calls c CROSS JOIN call_contexts x WHERE x.id = c.context_id AND c.id >= @From AND c.id < @Until AND c.outcome IN ('complete', 'failed', 'partial') AND EXISTS (SELECT 1 FROM attempts a WHERE a.call_id = c.id)
        GROUP BY c.opened_at / @Minute * @Minute, x.model_asked
        """;

    private const string Spend =
        """
        SELECT opened_at / @Minute * @Minute, '', CAST(0 AS BIGINT), count(*), CAST(coalesce(sum(cost_nano_usd), 0) AS BIGINT)
        FROM calls WHERE id >= @From AND id < @Until GROUP BY opened_at / @Minute * @Minute
        """;

    private const string Commands =
        """
        SELECT at / @Minute * @Minute, agent, CAST(sum(CASE WHEN result = 'timeout' THEN 1 ELSE 0 END) AS BIGINT), count(*), CAST(0 AS BIGINT)
        FROM decisions WHERE at >= @From AND at < @Until AND class = 'command' AND result IN ('success', 'failure', 'timeout') GROUP BY at / @Minute * @Minute, agent
        """;

    private static string MutationsBy(string subject) =>
        $"""
        SELECT at / @Minute * @Minute, {subject}, CAST(0 AS BIGINT), count(*), CAST(0 AS BIGINT)
        FROM decisions WHERE at >= @From AND at < @Until AND mutating = @Yes AND let_go = @Yes GROUP BY at / @Minute * @Minute, {subject}
        """;

    /// <summary>Not greater than any id of a call that was made then (RFC 9562 §5.7: the first 48 bits are milliseconds).</summary>
    private static Guid FirstOf(DateTimeOffset at) => CallId.Create(at, stackalloc byte[CallId.RandomBytes]).Value;
}

/// <param name="Bucket">Unix microseconds.</param>
internal readonly record struct SignalRow(Signal Signal, long Bucket, string Subject, SignalCount Count);
