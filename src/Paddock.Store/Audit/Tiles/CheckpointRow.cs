using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>A published log checkpoint.</summary>
/// <param name="SignedAt">Unix microseconds.</param>
internal sealed record CheckpointRow(long Shard, long Size, byte[] Root, long SignedAt, string Note)
{
    /// <summary>Of checkpoints that are not the newest, one in this time is kept. Each can be recomputed from the tiles but for its signature.</summary>
    private static readonly long apart = TimeSpan.FromMinutes(10).ToMicros();

    public static async Task<CheckpointRow?> NewestAsync(Session session, long shard) => (await session.QueryAsync<CheckpointRow>(
        "SELECT shard AS Shard, size AS Size, root AS Root, signed_at AS SignedAt, note AS Note FROM audit_checkpoints WHERE shard = @shard ORDER BY size DESC LIMIT 1", new { shard })).FirstOrDefault();

    public static CheckpointRow Of(long shard, SignedCheckpoint signed, DateTimeOffset at) =>
        new(shard, signed.Checkpoint.Size, signed.Checkpoint.Root.ToArray(), at.ToMicros(), signed.ToString());

    /// <summary>Publishes it. That it is there already, after a crash, is as good.</summary>
    public async Task PublishAsync(Session session)
    {
        var last = await session.QueryAsync<long>("SELECT size FROM audit_checkpoints WHERE shard = @Shard AND size < @Size ORDER BY size DESC LIMIT 2", this);
        await session.ExecuteAsync(
            "INSERT INTO audit_checkpoints (shard, size, root, signed_at, note) VALUES (@Shard, @Size, @Root, @SignedAt, @Note) ON CONFLICT DO NOTHING", this);
        if (last is [var newer, var older])
        {
            await session.ExecuteAsync(
                """
                DELETE FROM audit_checkpoints WHERE shard = @Shard AND size = @newer
                  AND signed_at - (SELECT signed_at FROM audit_checkpoints WHERE shard = @Shard AND size = @older) < @apart
                """,
                new { Shard, newer, older, apart });
        }
    }
}
