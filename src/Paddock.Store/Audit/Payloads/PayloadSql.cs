using Paddock.Core.Audit.Payloads;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Statements on kept content.</summary>
internal static class PayloadSql
{
    public const string Held =
        """
        EXISTS (SELECT 1 FROM audit_holds h WHERE h.ended_at IS NULL AND (h.kind = 'everything'
          OR (h.kind = 'task' AND h.subject = p.task_id) OR (h.kind = 'principal' AND h.subject = p.principal_id) OR (h.kind = 'class' AND h.subject = p.cls)))
        """;

    /// <summary>More rows than there are on three pages of 8,192 bytes, which is how far SQLite moves rows when one is deleted; the smallest has some 90 bytes.</summary>
    private const int Near = 512;

    /// <summary>Of content in one transaction, which overwrites all of it.</summary>
    private const long MostBytes = 16 << 20;

    private const string Facts =
        $"p.id, p.key_id AS KeyId, p.kept_at AS KeptAt, p.cls, p.task_id AS TaskId, p.principal_id AS PrincipalId, p.length, p.redacted_at AS RedactedAt, CASE WHEN {Held} THEN 1 ELSE 0 END AS Held";

    private const string Insert =
        """
        INSERT INTO audit_payloads (id, hash, key_id, kept_at, cls, task_id, principal_id, length, commitment)
        SELECT @Id, @Hash, @KeyId, @KeptAt, @Cls, @TaskId, @PrincipalId, @Length, @Commitment
        WHERE NOT EXISTS (SELECT 1 FROM audit_shredded WHERE key_id = @KeyId)
        ON CONFLICT (hash) DO NOTHING
        """;

    /// <summary>Whoever changes what is held, or erases what is not, waits for the others who do.</summary>
    public static Task<int> TakeTurnAsync(Session session) => session.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'holds'");

    /// <param name="before">Hashes of the same content under keys of the month before.</param>
    /// <returns>The row of this content, which may be an older one; null when its key was shredded, or it was forgotten in this moment.</returns>
    public static async Task<PayloadRow?> KeepAsync(Session session, PayloadRow row, IEnumerable<byte[]> before)
    {
        foreach (var hash in before)
        {
            if (await OfHashAsync(session, hash) is { } older)
            {
                return older;
            }
        }

        if (await session.ExecuteAsync(Insert, row) == 1)
        {
            await session.ExecuteAsync("INSERT INTO audit_sealed (seq, salt, nonce, content) SELECT seq, @Salt, @Nonce, @Content FROM audit_payloads WHERE id = @Id", row);
        }

        return await OfHashAsync(session, row.Hash);
    }

    public static async Task<bool> IsShreddedAsync(Session session, DataKeyId key) => await session.ScalarAsync<long>("SELECT COUNT(*) FROM audit_shredded WHERE key_id = @Value", new { key.Value }) > 0;

    private static async Task<PayloadRow?> OfHashAsync(Session session, byte[] hash) => (await session.QueryAsync<PayloadRow>(
        "SELECT id, key_id AS KeyId, length, commitment, redacted_at AS RedactedAt FROM audit_payloads WHERE hash = @hash", new { hash })).FirstOrDefault();

    public static async Task<PayloadRow?> FindAsync(Session session, PayloadId id) =>
        (await session.QueryAsync<PayloadRow>($"SELECT {Facts}, s.salt, s.nonce, s.content FROM audit_payloads p LEFT JOIN audit_sealed s ON s.seq = p.seq WHERE p.id = @Value", new { id.Value })).FirstOrDefault();

    public static Task<List<PayloadRow>> ListAsync(Session session, PayloadQuery query) => session.QueryAsync<PayloadRow>(
        $"SELECT {Facts} FROM audit_payloads p WHERE {Where(session.Dialect, query.Which)}{(query.Before is null ? "" : " AND p.id < @Before")} ORDER BY p.id DESC LIMIT @Limit",
        Values(query.Which, query.Before?.Value, query.Limit));

    public static async Task<PayloadCount> CountAsync(Session session, PayloadSelection which)
    {
        var counts = await session.QueryAsync<CountRow>(
            $"SELECT held AS Held, COUNT(*) AS Count FROM (SELECT CASE WHEN {Held} THEN 1 ELSE 0 END AS held FROM audit_payloads p WHERE {Where(session.Dialect, which)}) q GROUP BY held", Values(which));
        return new(counts.Where(static row => row.Held == 0).Sum(static row => row.Count), counts.Where(static row => row.Held != 0).Sum(static row => row.Count));
    }

    /// <summary>Takes away what can be taken, at most so many, and not much more than <see cref="MostBytes"/>, so that others get their turn.</summary>
    public static async Task<List<PayloadId>> RedactAsync(Session session, PayloadSelection which, DateTimeOffset now, int limit)
    {
        var bytes = 0L;
        var found = await session.QueryAsync<PayloadRow>(
            $"SELECT p.id, p.length FROM audit_payloads p WHERE {Where(session.Dialect, which)} AND NOT {Held} ORDER BY p.seq LIMIT @Limit", Values(which, limit: limit));
        List<string> ids = [.. found.TakeWhile(row => (bytes += row.Length ?? 0) - (row.Length ?? 0) < MostBytes).Select(static row => row.Id)];
        await EraseAsync(session, session.Dialect.AmongIds("id"), ids.ToArray());
        await session.ExecuteAsync(
            $"""
            UPDATE audit_payloads SET cls = NULL, task_id = NULL, principal_id = NULL, length = NULL, commitment = NULL, redacted_at = @now
            WHERE {session.Dialect.AmongIds("id")}
            """,
            new { now = now.ToMicros(), ids = ids.ToArray() });
        return [.. ids.Select(PayloadId.Parse)];
    }

    /// <summary>What was redacted before a moment, down to its hash.</summary>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset before, int limit) => session.ExecuteAsync(
        "DELETE FROM audit_payloads WHERE seq IN (SELECT seq FROM audit_payloads WHERE redacted_at < @before ORDER BY seq LIMIT @limit)", new { before = before.ToMicros(), limit });

    /// <summary>What nobody can open any more.</summary>
    public static async Task<int> SweepAsync(Session session, int limit)
    {
        var ids = (await session.QueryAsync<string>("SELECT p.id FROM audit_payloads p JOIN audit_shredded s ON s.key_id = p.key_id ORDER BY p.seq LIMIT @limit", new { limit })).ToArray();
        await EraseAsync(session, session.Dialect.AmongIds("id"), ids);
        return await session.ExecuteAsync($"DELETE FROM audit_payloads WHERE {session.Dialect.AmongIds("id")}", new { ids });
    }

    /// <summary>Deletes erased rows from the oldest on, as far as none that is not erased is near enough for SQLite to move it.</summary>
    public static Task<int> DropErasedAsync(Session session, int limit) => session.ExecuteAsync(
        $"""
        DELETE FROM audit_sealed WHERE seq IN (SELECT seq FROM audit_sealed WHERE seq <
          (SELECT MIN(seq) FROM (SELECT seq FROM audit_sealed WHERE seq < (SELECT COALESCE(MIN(seq), {long.MaxValue}) FROM audit_payloads WHERE redacted_at IS NULL) ORDER BY seq DESC LIMIT {Near}) n)
          ORDER BY seq LIMIT @limit)
        """,
        new { limit });

    private static Task<int> EraseAsync(Session session, string among, string[] ids) => session.ExecuteAsync(
        session.Dialect is Postgres
            ? $"DELETE FROM audit_sealed WHERE seq IN (SELECT seq FROM audit_payloads WHERE {among})"
            : $"UPDATE audit_sealed SET salt = zeroblob(length(salt)), nonce = zeroblob(length(nonce)), content = zeroblob(length(content)) WHERE seq IN (SELECT seq FROM audit_payloads WHERE {among})",
        new { ids });

    private static string Where(IDialect dialect, PayloadSelection which)
    {
        string[] conditions =
        [
            "p.redacted_at IS NULL",
            which.Ids is null ? "" : dialect.AmongIds("p.id"),
            which.Task is null ? "" : "p.task_id = @Task",
            which.Principal is null ? "" : "p.principal_id = @Principal",
            which.Class is null ? "" : "p.cls = @Class",
            which.KeptBefore is null ? "" : "p.kept_at < @KeptBefore",
        ];
        return string.Join(" AND ", conditions.Where(static one => one.Length > 0));
    }

    private static object Values(PayloadSelection which, string? before = null, int limit = 0) => new
    {
        ids = which.Ids is { } ids ? ids.Select(static id => id.Value).ToArray() : [],
        which.Task,
        which.Principal,
        which.Class,
        KeptBefore = which.KeptBefore?.ToMicros() ?? 0,
        Before = before,
        Limit = limit,
    };

    private sealed class CountRow
    {
        public long Held { get; init; }

        public long Count { get; init; }
    }
}
