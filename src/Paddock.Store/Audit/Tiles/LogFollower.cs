using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>
/// Where another process signs: keeps the newest checkpoint that was published as the last signed one, so that this process too notices a
/// database from before it. One that does not know what was signed before learns nothing here: somebody has to give it the file.
/// </summary>
internal sealed class LogFollower(IDatabase database, LogCheck check, ILastSigned lastSigned, LogBoard board)
{
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = lastSigned.Read();
            var seen = await database.ReadAsync(session => SeeAsync(session, head), cancellationToken);
            if (head is not null && seen is { Shard: { } shard, Newest: { } newest } && (shard.Number, newest.Size).CompareTo((head.Shard, head.Checkpoint.Size)) > 0)
            {
                lastSigned.Write(new(shard.Number, new(shard.Origin, newest.Size, new(newest.Root)), shard.Key.KeyId));
            }

            board.Follows(seen.Shard, seen.Newest);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            board.Failed(fault);
        }
    }

    private async Task<Seen> SeeAsync(Session session, LastSigned? head)
    {
        if (await ShardRow.NewestAsync(session) is not { } shard)
        {
            return head is { Checkpoint.Size: > 0 } ? throw new LogDamagedException($"The database holds no audit log, and {head.Checkpoint.Size} entries of {head.Checkpoint.Origin} were signed.") : default;
        }

        if (head is not null)
        {
            await LogCheck.HoldsAsync(session, shard, head);
        }

        var tiles = new TileRows(session, shard.Number);
        return new(shard, await check.PublishedAsync(session, shard, tiles, await tiles.SizeAsync()));
    }

    private readonly record struct Seen(ShardRow? Shard, CheckpointRow? Newest);
}
