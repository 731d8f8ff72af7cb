using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>That the log is not signed any more, and why. Stays until somebody decides, whatever the database looks like later.</summary>
/// <param name="At">Unix microseconds.</param>
/// <param name="AskedAt">When somebody asked for another shard; null = nobody did.</param>
internal sealed record HaltRow(long At, string Problem, long? AskedAt, string? AskedBy, string? Reason)
{
    /// <summary>The one that holds now.</summary>
    public static async Task<HaltRow?> OpenAsync(Session session) => (await session.QueryAsync<HaltRow>(
        "SELECT at AS At, problem AS Problem, asked_at AS AskedAt, asked_by AS AskedBy, reason AS Reason FROM audit_halts WHERE ended_at IS NULL ORDER BY at LIMIT 1")).FirstOrDefault();

    /// <summary>Keeps it, unless one is kept.</summary>
    public static Task KeepAsync(Session session, string problem, long now) => session.ExecuteAsync(
        "INSERT INTO audit_halts (at, problem) SELECT @now, @problem WHERE NOT EXISTS (SELECT 1 FROM audit_halts WHERE ended_at IS NULL) ON CONFLICT DO NOTHING", new { now, problem });

    public Task AskAsync(Session session, string by, string reason, long now) =>
        session.ExecuteAsync("UPDATE audit_halts SET asked_at = @now, asked_by = @by, reason = @reason WHERE at = @At AND ended_at IS NULL", new { At, by, reason, now });

    public Task EndAsync(Session session, long now) => session.ExecuteAsync("UPDATE audit_halts SET ended_at = @now WHERE ended_at IS NULL", new { now });
}
