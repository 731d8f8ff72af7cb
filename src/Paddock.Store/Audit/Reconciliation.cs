using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Ledger;

namespace Paddock.Store.Audit;

/// <summary>Ledger = spend; decisions = intents; approvals = uses = intents that name them.</summary>
internal sealed class Reconciliation(IDatabase database, EntryShipper shipper) : IReconciliation
{
    private const int MostExamples = 20;

    private static readonly TimeSpan decided = TimeSpan.FromSeconds(5);

    /// <summary>Since when the log has entries here: what was let go before it has no intents, and those of archived shards are elsewhere.</summary>
    private const string KeptSince =
        "SELECT max(since) FROM (SELECT min(made_at) AS since FROM audit_entries UNION ALL SELECT max(closed_at) FROM audit_shards WHERE archived_at IS NOT NULL) AS kept";

    private const string DecisionsWithoutIntent =
        """
        SELECT d.id FROM decisions d WHERE d.let_go AND d.mutating AND d.at >= @Since AND d.at < @Until AND d.at >= @Kept
          AND NOT EXISTS (SELECT 1 FROM audit_entries e WHERE e.act = 'tool.intent' AND e.ref = d.id)
        ORDER BY d.id
        """;

    private const string IntentsWithoutDecision =
        """
        SELECT e.ref FROM audit_entries e WHERE e.act = 'tool.intent' AND e.made_at >= @Since AND e.made_at < @Until AND e.made_at >= (SELECT min(at) FROM decisions)
          AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = e.ref)
        ORDER BY e.ref
        """;

    private const string Uses =
        """
        SELECT a.id, a.uses, (SELECT count(*) FROM tool_intents t WHERE t.approval_id = a.id) AS Intents,
          (SELECT count(*) FROM tool_intents t JOIN audit_entries e ON e.act = 'tool.intent' AND e.ref = t.id WHERE t.approval_id = a.id) AS Entries
        FROM approvals a WHERE a.created_at >= @Since AND a.created_at < @Until AND a.created_at >= @Kept
        """;

    private const string Ledger =
        """
        SELECT c.opened_at - c.opened_at % @Quarter AS Bucket, x.key_id AS Subject, CAST(sum(c.cost_nano_usd) AS BIGINT) AS NanoUsd
        FROM calls c JOIN call_contexts x ON x.id = c.context_id
        WHERE c.closed_at IS NOT NULL AND c.opened_at >= @Since AND c.opened_at < @Until GROUP BY 1, 2
        """;

    private const string Spend = "SELECT bucket AS Bucket, subject AS Subject, nano_usd AS NanoUsd FROM spend WHERE kind = 'key' AND bucket >= @Since AND bucket < @Until";

    public async Task<ImmutableArray<ReconciledPair>> RunAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var known = Known(since, until, await shipper.ShipAsync(cancellationToken));
        return await database.ReadAsync<ImmutableArray<ReconciledPair>>(
            async session =>
            {
                var span = new Span(since.ToMicros(), known.ToMicros(), await session.ScalarAsync<long?>(KeptSince) ?? long.MaxValue);
                return [await SpendAsync(session, span), await IntentsAsync(session, span), await UsesAsync(session, span)];
            },
            cancellationToken);
    }

    /// <summary>How far two accounts can be compared: what is durable and not in the database is no gap. A decision is a little older than its intent.</summary>
    private static DateTimeOffset Known(DateTimeOffset since, DateTimeOffset until, DateTimeOffset? waiting) => waiting switch
    {
        null => until,
        { } oldest when oldest >= until + decided => until,
        { } oldest when oldest <= since + decided => since,
        { } oldest => oldest - decided,
    };

    private static async Task<ReconciledPair> IntentsAsync(Session session, Span span)
    {
        var (without, orphans) = (await session.QueryAsync<string>(DecisionsWithoutIntent, span), await session.QueryAsync<string>(IntentsWithoutDecision, span));
        var compared = await session.ScalarAsync<long>("SELECT count(*) FROM decisions WHERE let_go AND mutating AND at >= @Since AND at < @Until", span);
        string[] differing = [.. without.Select(static id => $"{id} was let go without an intent"), .. orphans.Select(static id => $"{id} has an intent and no decision")];
        return Pair("decisions = intents", compared, differing);
    }

    private static async Task<ReconciledPair> UsesAsync(Session session, Span span)
    {
        var rows = await session.QueryAsync<UseRow>(Uses, span);
        return Pair(
            "approvals = uses = intents", rows.Count,
            [.. rows.Where(static row => row.Uses != row.Intents || row.Uses != row.Entries).Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row.Id}: {row.Uses} uses, {row.Intents} intents, {row.Entries} entries"))]);
    }

    /// <summary>Whole quarters of an hour only: spend is kept by them.</summary>
    private static async Task<ReconciledPair> SpendAsync(Session session, Span span)
    {
        const long quarter = SpendTotals.BucketMicros;
        var whole = new { Since = span.Since + ((quarter - (span.Since % quarter)) % quarter), Until = span.Until - (span.Until % quarter), Quarter = quarter };
        var ledger = (await session.QueryAsync<SpendOfKey>(Ledger, whole)).Where(static row => row.NanoUsd != 0).ToDictionary(static row => (row.Bucket, row.Subject), static row => row.NanoUsd);
        var spend = (await session.QueryAsync<SpendOfKey>(Spend, whole)).Where(static row => row.NanoUsd != 0).ToDictionary(static row => (row.Bucket, row.Subject), static row => row.NanoUsd);
        var keys = ledger.Keys.Union(spend.Keys).ToList();
        return Pair(
            "ledger = spend", keys.Count,
            [.. keys.Where(key => ledger.GetValueOrDefault(key) != spend.GetValueOrDefault(key)).Order()
                .Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Subject} from {key.Bucket.ToTime():u}: {ledger.GetValueOrDefault(key)} nano-USD in the ledger, {spend.GetValueOrDefault(key)} in the spend of budgets"))]);
    }

    private static ReconciledPair Pair(string name, long compared, string[] differing) => new(name, compared, differing.Length, [.. differing.Take(MostExamples)]);

    private sealed record Span(long Since, long Until, long Kept);

    private sealed class UseRow
    {
        public string Id { get; init; } = "";

        public long Uses { get; init; }

        public long Intents { get; init; }

        public long Entries { get; init; }
    }

    private sealed class SpendOfKey
    {
        public long Bucket { get; init; }

        public string Subject { get; init; } = "";

        public long NanoUsd { get; init; }
    }
}
