using System.Collections.Immutable;
using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Witnesses;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>The log and its entries as others read them.</summary>
internal sealed class LogReader(IDatabase database, EntryShipper shipper) : ILogReader, IEntryReader
{
    public Task<ImmutableArray<LogShard>> ShardsAsync(CancellationToken cancellationToken) => database.ReadAsync(LogPages.ShardsAsync, cancellationToken);

    public Task<PublishedLog?> NewestAsync(long? shard, CancellationToken cancellationToken) => database.ReadAsync(session => LogPages.NewestAsync(session, shard), cancellationToken);

    public Task<PublishedLog?> WitnessedAsync(long? shard, CancellationToken cancellationToken) => database.ReadAsync(session => LogPages.WitnessedAsync(session, shard), cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(long? shard, TileId tile, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await LogPages.NewestAsync(session, shard) is { } log ? await LogPages.ReadAsync(session, log.Shard, log.Checkpoint.Size, tile) : null, cancellationToken);

    public Task<LogProof?> ProveAsync(Guid entry, CancellationToken cancellationToken) => database.ReadAsync(session => ProveAsync(session, entry), cancellationToken);

    public Task<LogFigures> FiguresAsync(CancellationToken cancellationToken) => database.ReadAsync(FiguresAsync, cancellationToken);

    public async Task<EntryPage> ListAsync(EntryQuery query, CancellationToken cancellationToken)
    {
        await shipper.ShipAsync(cancellationToken); // whoever asks what a call left finds it
        return await database.ReadAsync(session => EntryPages.ListAsync(session, query), cancellationToken);
    }

    public Task<EntryPage> ScanAsync(EntryScan scan, CancellationToken cancellationToken) => database.ReadAsync(session => EntryPages.ScanAsync(session, scan), cancellationToken);

    public async Task<DateTimeOffset?> OldestWaitingAsync(CancellationToken cancellationToken)
    {
        var outside = await shipper.ShipAsync(cancellationToken);
        var inside = await database.ReadAsync(EntryPages.OldestWaitingAsync, cancellationToken);
        return outside < (inside ?? DateTimeOffset.MaxValue) ? outside : inside;
    }

    public async Task<KeptEntry?> FirstWithAsync(string text, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await shipper.ShipAsync(cancellationToken);
        var sought = Encoding.ASCII.GetBytes(text);
        var after = Guid.CreateVersion7(from.AddMilliseconds(-1)); // ids of the same millisecond have no order
        while (await database.ReadAsync(session => EntryPages.AfterAsync(session, after), cancellationToken) is { Count: > 0 } page)
        {
            if (page.FirstOrDefault(entry => entry.Bytes.Span.IndexOf(sought) >= 0) is { } found)
            {
                return found.MadeAt <= until ? found : null;
            }

            if (page[^1].MadeAt > until)
            {
                return null;
            }

            after = page[^1].Id;
        }

        return null;
    }

    private static async Task<LogProof?> ProveAsync(Session session, Guid entry)
    {
        var found = await session.ReadRowsAsync(
            "SELECT shard, seq FROM audit_entries WHERE id = @id AND seq IS NOT NULL", new { id = session.Dialect.Id(entry) }, static row => (Shard: row.GetInt64(0), Index: row.GetInt64(1)));
        if (found is not [var place] || await LogPages.NewestAsync(session, place.Shard) is not { } newest || place.Index >= newest.Checkpoint.Size)
        {
            return null;
        }

        // Under a checkpoint that a witness has signed it says more.
        if (await LogPages.WitnessedAsync(session, place.Shard) is { } witnessed && place.Index < witnessed.Checkpoint.Size)
        {
            newest = witnessed;
        }

        var tree = new TileTree(new TileRows(session, place.Shard), newest.Checkpoint.Size);
        return new(place.Index, [.. await tree.InclusionAsync(place.Index, session.CancellationToken)], newest.Note);
    }

    private static async Task<LogFigures> FiguresAsync(Session session)
    {
        var waiting = await session.ReadRowsAsync(
            "SELECT COUNT(*), MIN(made_at) FROM audit_entries WHERE seq IS NULL", null, static row => (Count: row.GetInt64(0), Oldest: row.IsDBNull(1) ? (long?)null : row.GetInt64(1)));
        var bytes = await session.ReadRowsAsync(
            "SELECT SUM(length(entry)), COUNT(*) FROM (SELECT entry FROM audit_entries ORDER BY id DESC LIMIT 1000) AS newest", null,
            static row => row.GetInt64(1) is > 0 and var count ? row.GetInt64(0) / count : (long?)null);
        return new(waiting[0].Count, waiting[0].Oldest?.ToTime(), bytes[0], (await CosignatureRow.LastAsync(session))?.ToTime());
    }
}
