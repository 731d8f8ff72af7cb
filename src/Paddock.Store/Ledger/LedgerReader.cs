using System.Collections.Immutable;
using System.Text;
using Dapper;
using Paddock.Core.Ledger;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>Reads calls and their spend back.</summary>
internal sealed class LedgerReader(IDatabase database) : ILedgerReader
{
    // An id is made when the request is received; the opening is written when the request was read and decided.
    private static readonly TimeSpan idSlack = TimeSpan.FromHours(1);

    public Task<CallRow?> FindAsync(CallId id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var rows = await session.ReadRowsAsync(
                $"SELECT {CallRowReader.Columns} FROM calls WHERE id = @Id",
                new { Id = session.Dialect.Id(id.Value) },
                row => CallRowReader.Read(row, session.Dialect));
            return (await WithAttemptsAsync(session, rows)).FirstOrDefault();
        },
        cancellationToken);

    public Task<ImmutableArray<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var sql = new StringBuilder($"SELECT {CallRowReader.Columns} FROM calls WHERE true");
            var parameters = new DynamicParameters();
            Add(sql, parameters, query, session.Dialect);
            sql.Append(" ORDER BY id DESC LIMIT @Limit");
            parameters.Add("Limit", Math.Clamp(query.Limit, 1, 1000));
            return await WithAttemptsAsync(session, await session.ReadRowsAsync(sql.ToString(), parameters, row => CallRowReader.Read(row, session.Dialect)));
        },
        cancellationToken);

    public Task<ImmutableArray<SpendBucket>> SpendSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var rows = await session.ReadRowsAsync(
                "SELECT kind, subject, bucket, nano_usd, tokens FROM spend WHERE bucket > @After ORDER BY bucket, kind, subject",
                new { After = since.ToMicros() - SpendTotals.BucketMicros },
                row => new SpendBucket(row.GetString(0), row.GetString(1), row.GetInt64(2).ToTime(), row.GetInt64(3), row.GetInt64(4)));
            return rows.ToImmutableArray();
        },
        cancellationToken);

    private static void Add(StringBuilder sql, DynamicParameters parameters, CallQuery query, IDialect dialect)
    {
        Text("principal_id", query.Principal);
        Text("key_id", query.Key);
        Text("agent", query.Agent);
        Text("task_id", query.Task);
        Text("native_task", query.NativeTask);
        if (query.Before is { } before)
        {
            sql.Append(" AND id < @Before");
            parameters.Add("Before", dialect.Id(before.Value));
        }

        // Ids carry their time: the range of ids lets an index do the work, the column gives the exact answer.
        if (query.Since is { } since)
        {
            sql.Append(" AND id >= @FromId AND opened_at >= @Since");
            parameters.Add("FromId", dialect.Id(FirstId(since - idSlack)));
            parameters.Add("Since", since.ToMicros());
        }

        if (query.Until is { } until)
        {
            sql.Append(" AND id < @ToId AND opened_at < @Until");
            parameters.Add("ToId", dialect.Id(FirstId(until + idSlack)));
            parameters.Add("Until", until.ToMicros());
        }

        void Text(string column, string? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(column).Append(" = @").Append(column);
                parameters.Add(column, value);
            }
        }
    }

    /// <summary>The smallest UUIDv7 of a moment.</summary>
    private static Guid FirstId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new(bytes, bigEndian: true);
    }

    private static async Task<ImmutableArray<CallRow>> WithAttemptsAsync(Session session, List<CallRow> calls)
    {
        if (calls.Count == 0)
        {
            return [];
        }

        var parameters = new DynamicParameters();
        parameters.Add("ids", session.Dialect.Ids(calls.Select(c => c.Opening.Id.Value)));
        var attempts = (await session.ReadRowsAsync(
            $"SELECT call_id, {LedgerSql.Columns(CallFields.Attempt)} FROM attempts WHERE {session.Dialect.AmongIds("call_id")} ORDER BY call_id, number",
            parameters,
            row => (Call: session.Dialect.ReadId(row.GetValue(0)), Attempt: CallRowReader.ReadAttempt(row)))).ToLookup(a => a.Call, a => a.Attempt);
        return [.. calls.Select(c => c.Closing is { } closing ? c with { Closing = closing with { Attempts = [.. attempts[c.Opening.Id.Value]] } } : c)];
    }
}
