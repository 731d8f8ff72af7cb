using System.Buffers.Binary;
using System.Text;
using Dapper;
using Paddock.Core.Ledger;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>
/// A search for calls, newest first. Calls of a context are together in an index, and all calls are in the order of time; which
/// way is the short one depends on how many calls there are: a key's thousand calls are sorted, a key's million are met on the
/// way back through time.
/// </summary>
internal sealed class CallSearch
{
    // Sorting this many takes tens of milliseconds; finding a page of so frequent calls on the way back in time takes less.
    private const int Few = 20_000;

    // An id is made when the request is received; the opening is written when the request was read and decided.
    private static readonly TimeSpan idSlack = TimeSpan.FromHours(1);

    private readonly StringBuilder contextConditions = new();
    private readonly StringBuilder callConditions = new();
    private readonly DynamicParameters parameters = new();

    public CallSearch(CallQuery query, IDialect dialect)
    {
        OfContext("principal_id", query.Principal);
        OfContext("key_id", query.Key);
        OfContext("agent", query.Agent);
        OfContext("task_id", query.Task);
        OfContext("native_task", query.NativeTask);
        if (query.Before is { } before)
        {
            OfCall("c.id < @Before", ("Before", dialect.Id(before.Value)));
        }

        // Ids carry their time: the range of ids lets the index do the work, the column gives the exact answer.
        if (query.Since is { } since)
        {
            OfCall("c.id >= @FromId AND c.opened_at >= @Since", ("FromId", dialect.Id(FirstId(since - idSlack))), ("Since", since.ToMicros()));
        }

        if (query.Until is { } until)
        {
            OfCall("c.id < @ToId AND c.opened_at < @Until", ("ToId", dialect.Id(FirstId(until + idSlack))), ("Until", until.ToMicros()));
        }

        parameters.Add("Limit", Math.Clamp(query.Limit, 1, 1000));
    }

    public async Task<List<CallRow>> RunAsync(Session session)
    {
        var byContext = contextConditions.Length > 0 && await session.ScalarAsync<long>(
            $"SELECT count(*) FROM (SELECT 1 FROM call_contexts x CROSS JOIN calls c WHERE c.context_id = x.id{contextConditions} LIMIT {Few}) few",
            parameters) < Few;

        // SQLite takes a cross join in the order it is written in; PostgreSQL knows best.
        var tables = byContext ? "call_contexts x CROSS JOIN calls c" : "calls c CROSS JOIN call_contexts x";
        return await session.ReadRowsAsync(
            $"SELECT {CallRowReader.Columns} FROM {tables} WHERE x.id = c.context_id{contextConditions}{callConditions} ORDER BY c.id DESC LIMIT @Limit",
            parameters,
            row => CallRowReader.Read(row, session.Dialect));
    }

    private void OfContext(string column, string? value)
    {
        if (value is not null)
        {
            contextConditions.Append($" AND x.{column} = @{column}");
            parameters.Add(column, value);
        }
    }

    private void OfCall(string condition, params ReadOnlySpan<(string Name, object Value)> values)
    {
        callConditions.Append(" AND ").Append(condition);
        foreach (var (name, value) in values)
        {
            parameters.Add(name, value);
        }
    }

    /// <summary>The smallest UUIDv7 of a moment.</summary>
    private static Guid FirstId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new(bytes, bigEndian: true);
    }
}
