using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>
/// Takes the entries and tiles of an archived shard out of the database. First it is written down, with the shard marked; then the rows go,
/// some thousand at a time, so that nobody waits long behind a delete.
/// </summary>
internal sealed class ShardRemoval(RecordedDatabase database, TimeProvider time)
{
    private const long EntriesAtOnce = 2000;
    private const long TilesAtOnce = 256;

    public async Task<LogCareResult> RunAsync(long number, string root, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        var marked = await database.ChangeAsync(session => MarkAsync(session, number, root, by, reason), cancellationToken);
        if (marked.Result is LogCareResult.Done)
        {
            await RemoveAsync("DELETE FROM audit_entries WHERE shard = @number AND seq >= @first AND seq < @first + @count", number, marked.Size, EntriesAtOnce, cancellationToken);
            await RemoveAsync("DELETE FROM audit_tiles WHERE shard = @number AND idx >= @first AND idx < @first + @count", number, (marked.Size / TileId.Full) + 1, TilesAtOnce, cancellationToken);
            await RemoveAsync("DELETE FROM audit_checkpoints WHERE shard = @number AND size >= @first AND size < @last", number, marked.Size, marked.Size, cancellationToken);
        }

        return marked.Result;
    }

    private async Task<Recorded<Marked>> MarkAsync(Session session, long number, string root, AuditActor by, string reason)
    {
        var (now, final) = (time.GetUtcNow(), await CheckpointRow.NewestAsync(session, number));
        var shards = await ShardRow.AllAsync(session);
        var hasOlder = await HasOlderAsync(session, number);
        var refused = shards.Find(shard => shard.Number == number) switch
        {
            null => LogCareResult.NoShard,
            _ when final is null => LogCareResult.NoShard,
            { ClosedAt: null } => LogCareResult.StillOpen,
            { ClosedAt: { } closed } when closed.ToTime() + ILogCare.KeepsClosed > now => LogCareResult.TooYoung,
            _ when hasOlder => LogCareResult.OlderFirst,
            _ when new TreeHash(final.Root).ToString() != root => LogCareResult.OtherRoot,
            _ => LogCareResult.Done,
        };
        if (refused is not LogCareResult.Done || final is null)
        {
            return Recorded.Of(new Marked(refused, 0));
        }

        var isNew = await session.ExecuteAsync("UPDATE audit_shards SET archived_at = @at WHERE number = @number AND archived_at IS NULL", new { at = now.ToMicros(), number }) == 1;
        return Recorded.Of(new Marked(LogCareResult.Done, final.Size), isNew ? Entry(shards.Find(shard => shard.Number == number)!, final, by, reason) : null); // found above
    }

    /// <summary>A shard without a checkpoint holds nothing: after a halt its entries came into the next.</summary>
    private static async Task<bool> HasOlderAsync(Session session, long number) => await session.ScalarAsync<long>(
        "SELECT COUNT(*) FROM audit_shards s WHERE s.number < @number AND s.archived_at IS NULL AND EXISTS (SELECT 1 FROM audit_checkpoints c WHERE c.shard = s.number)", new { number }) > 0;

    private static AuditEvent Entry(ShardRow shard, CheckpointRow final, AuditActor by, string reason) => new()
    {
        Act = AuditActs.ShardArchived,
        Actor = by,
        Facts =
        [
            AuditFact.Of("shard", AuditFact.Of("number", shard.Number), AuditFact.Of("origin", shard.Origin), AuditFact.Of("size", final.Size), AuditFact.Of("root", new TreeHash(final.Root).ToString())),
            AuditFact.Of("reason", reason),
        ],
    };

    private async Task RemoveAsync(string sql, long number, long last, long count, CancellationToken cancellationToken)
    {
        for (var first = 0L; first < last; first += count)
        {
            var from = first;
            await database.NoteAsync(session => session.ExecuteAsync(sql, new { number, first = from, count, last }), cancellationToken);
        }
    }

    private readonly record struct Marked(LogCareResult Result, long Size);
}
