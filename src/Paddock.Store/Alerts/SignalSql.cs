using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Store.Dialects;
using Paddock.Store.Tasks;

namespace Paddock.Store.Alerts;

/// <summary>The statements on signals, the same on both databases.</summary>
internal static class SignalSql
{
    public const int Minute = 60, FiveMinutes = 300;

    /// <summary>So that the key, which begins with the signal, is used.</summary>
    private static readonly string all = string.Join(", ", Enum.GetValues<Signal>().Select(static signal => (int)signal));

    private static readonly string firsts = string.Join(" UNION ALL ", Enum.GetValues<Signal>().Select(static signal => $"SELECT min(bucket) AS bucket FROM signals WHERE signal = {(int)signal} AND seconds = {FiveMinutes}"));

    private const string Columns = "signal:i seconds:i bucket:i subject:t bad:i total:i amount:i";

    /// <summary>Puts rows in the place of all that there were of this stretch.</summary>
    /// <param name="from">A full five minutes.</param>
    /// <param name="until">A full five minutes.</param>
    public static async Task ReplaceAsync(Session session, List<SignalRow> rows, DateTimeOffset from, DateTimeOffset until)
    {
        await session.ExecuteAsync(
            $"DELETE FROM signals WHERE signal IN ({all}) AND seconds IN (60, 300) AND bucket >= @From AND bucket < @Until", new { From = from.ToMicros(), Until = until.ToMicros() });
        var counts = rows.Select(static row => (Seconds: Minute, Row: row)).Concat(rows.GroupBy(static row => (row.Signal, Bucket: row.Bucket - (row.Bucket % (FiveMinutes * 1_000_000L)), row.Subject)).Select(static same =>
            (Seconds: FiveMinutes, Row: new SignalRow(same.Key.Signal, same.Key.Bucket, same.Key.Subject, same.Aggregate(default(SignalCount), static (sum, row) => sum + row.Count)))));
        await session.ExecuteAsync(
            $"INSERT INTO signals (signal, seconds, bucket, subject, bad, total, amount) SELECT signal, seconds, bucket, subject, bad, total, amount FROM {session.Dialect.Rows(Columns)} WHERE true",
            new
            {
                rows = RowsJson.Of(counts, static (json, one) =>
                {
                    json.WriteNumber("signal", (int)one.Row.Signal);
                    json.WriteNumber("seconds", one.Seconds);
                    json.WriteNumber("bucket", one.Row.Bucket);
                    json.WriteString("subject", one.Row.Subject);
                    json.WriteNumber("bad", one.Row.Count.Bad);
                    json.WriteNumber("total", one.Row.Count.Total);
                    json.WriteNumber("amount", one.Row.Count.Amount);
                }),
            });
    }

    public static Task<List<SignalSum>> SumsAsync(Session session, Signal signal, int seconds, DateTimeOffset from, DateTimeOffset until) => session.ReadRowsAsync(
        """
        SELECT subject, CAST(sum(bad) AS BIGINT), CAST(sum(total) AS BIGINT), CAST(sum(amount) AS BIGINT) FROM signals
        WHERE signal = @Signal AND seconds = @seconds AND bucket >= @From AND bucket < @Until GROUP BY subject ORDER BY subject
        """,
        new { Signal = (int)signal, seconds, From = from.ToMicros(), Until = until.ToMicros() },
        static row => new SignalSum(row.GetString(0), new(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))));

    public static async Task<ImmutableArray<SignalPoint>> PointsAsync(Session session, Signal signal, DateTimeOffset from, DateTimeOffset until) =>
    [
        .. await session.ReadRowsAsync(
            "SELECT subject, bucket, bad, total, amount FROM signals WHERE signal = @Signal AND seconds = @FiveMinutes AND bucket >= @From AND bucket < @Until ORDER BY bucket, subject",
            new { Signal = (int)signal, FiveMinutes, From = from.ToMicros(), Until = until.ToMicros() },
            static row => new SignalPoint(row.GetString(0), row.GetInt64(1).ToTime(), new(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)))),
    ];

    public static Task<long?> FirstAsync(Session session) => session.ScalarAsync<long?>($"SELECT min(bucket) FROM ({firsts}) firsts");

    public static Task<long?> FirstAsync(Session session, Signal signal) => session.ScalarAsync<long?>("SELECT min(bucket) FROM signals WHERE signal = @Signal AND seconds = @FiveMinutes", new { Signal = (int)signal, FiveMinutes });

    /// <summary>Until when everything is counted that had happened by then; Unix microseconds.</summary>
    public static Task<long> CountedAsync(Session session) => session.ScalarAsync<long>("SELECT value FROM counters WHERE name = 'signals'");

    /// <summary>When anything happened at first that could be counted; null when nothing did.</summary>
    public static Task<long?> OldestAsync(Session session) => session.ScalarAsync<long?>("SELECT min(at) FROM (SELECT min(at) AS at FROM decisions UNION ALL SELECT min(opened_at) FROM calls WHERE id = (SELECT id FROM calls ORDER BY id LIMIT 1)) firsts");

    public static Task<int> NoteCountedAsync(Session session, DateTimeOffset until) => session.ExecuteAsync("UPDATE counters SET value = @Until WHERE name = 'signals' AND value < @Until", new { Until = until.ToMicros() });

    /// <summary>Removes what is older than it is kept.</summary>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset now) => session.ExecuteAsync(
        $"DELETE FROM signals WHERE signal IN ({all}) AND ((seconds = 60 AND bucket < @Minutes) OR (seconds = 300 AND bucket < @FiveMinutes))",
        new { Minutes = (now - ISignals.KeepMinutes).ToMicros(), FiveMinutes = (now - ISignals.KeepFiveMinutes).ToMicros() });
}
