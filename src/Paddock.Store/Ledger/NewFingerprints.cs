using System.Collections.Immutable;
using Paddock.Core.Ledger;
using Paddock.Store.Dialects;

namespace Paddock.Store.Ledger;

/// <summary>Finds prompts, tools, modes and versions of agents that were not seen before.</summary>
internal static class NewFingerprints
{
    private const int Most = 200;

    private static readonly (FingerprintKind Kind, string Column)[] kinds =
        [(FingerprintKind.System, "system_hash"), (FingerprintKind.Tools, "tools_hash"), (FingerprintKind.Mode, "mode_hash"), (FingerprintKind.Version, "agent_version")];

    public static async Task<ImmutableArray<NewFingerprint>> ReadAsync(Session session, DateTimeOffset since, DateTimeOffset from, DateTimeOffset until)
    {
        var (dialect, found) = (session.Dialect, new List<NewFingerprint>());
        var times = new { Since = dialect.Id(FirstOf(since)), From = dialect.Id(FirstOf(from)), Until = dialect.Id(FirstOf(until)) };
        foreach (var (kind, column) in kinds)
        {
            found.AddRange(await session.ReadRowsAsync(
                Sql(column), times, row => new NewFingerprint(kind, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetInt64(3).ToTime(), row.GetInt64(4))));
        }

        return [.. found.OrderBy(static one => one.FirstAt).Take(Most)];
    }

    /// <param name="column">A word of ours.</param>
    private static string Sql(string column) =>
        $"""
        SELECT x.agent, x.mode, x.{column}, min(c.opened_at), count(*)
        FROM calls c JOIN call_contexts x ON x.id = c.context_id
        WHERE c.id >= @From AND c.id < @Until AND x.{column} IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM (SELECT DISTINCT y.agent, y.{column} AS value FROM calls d JOIN call_contexts y ON y.id = d.context_id WHERE d.id >= @Since AND d.id < @From) past
          WHERE past.agent = x.agent AND past.value = x.{column})
        GROUP BY x.agent, x.mode, x.{column} ORDER BY min(c.opened_at) LIMIT {Most}
        """;

    /// <summary>Not greater than any id of a call that was made then (RFC 9562 §5.7: the first 48 bits are milliseconds).</summary>
    private static Guid FirstOf(DateTimeOffset at) => CallId.Create(at, stackalloc byte[CallId.RandomBytes]).Value;
}
