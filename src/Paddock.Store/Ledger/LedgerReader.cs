using System.Collections.Immutable;
using Dapper;
using Paddock.Core.Ledger;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>Reads calls and their spend back.</summary>
internal sealed class LedgerReader(IDatabase database) : ILedgerReader
{
    public Task<CallRow?> FindAsync(CallId id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var rows = await session.ReadRowsAsync(
                $"SELECT {CallRowReader.Columns} FROM calls c JOIN call_contexts x ON x.id = c.context_id WHERE c.id = @Id",
                new { Id = session.Dialect.Id(id.Value) },
                row => CallRowReader.Read(row, session.Dialect));
            return (await WithAttemptsAsync(session, rows)).FirstOrDefault();
        },
        cancellationToken);

    public Task<ImmutableArray<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await WithAttemptsAsync(session, await new CallSearch(query, session.Dialect).RunAsync(session)), cancellationToken);

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

    public Task<ImmutableArray<NewFingerprint>> NewFingerprintsAsync(DateTimeOffset since, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ReadAsync(session => NewFingerprints.ReadAsync(session, since, from, until), cancellationToken);

    public Task<ImmutableArray<KeyValuePair<string, long>>> SpentSinceAsync(string kind, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var rows = await session.ReadRowsAsync(
                "SELECT subject, CAST(sum(nano_usd) AS BIGINT) FROM spend WHERE bucket >= @Since AND kind = @kind GROUP BY subject ORDER BY subject", new { kind, Since = since.ToMicros() },
                static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)));
            return rows.ToImmutableArray();
        },
        cancellationToken);

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
