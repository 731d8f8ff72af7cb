using System.Buffers.Binary;
using System.Data.Common;
using Paddock.Core.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Entries a page at a time, by their ids, which are in the order of time. No page looks through more than some thousand rows.</summary>
internal static class EntryPages
{
    private const string Columns = "id, made_at, act, ref, entry, shard, seq";

    /// <summary>Rows that one page looks at: there is no index by act, because each costs every tool call something.</summary>
    private const int MostRows = 20_000;

    private const int ScanRows = 500;

    /// <summary>What is about something is in one of two indexes.</summary>
    private const string ByRef =
        $"""
        (SELECT {Columns} FROM audit_entries WHERE act = 'tool.intent' AND ref = @Ref
         UNION ALL SELECT {Columns} FROM audit_entries WHERE act <> 'tool.intent' AND ref IS NOT NULL AND ref = @Ref) AS about
        """;

    /// <summary>Newest first.</summary>
    public static async Task<EntryPage> ListAsync(Session session, EntryQuery query)
    {
        var (isId, id) = (Guid.TryParseExact(query.Ref, "D", out var parsed), parsed);
        var last = query.Act is not null && query.Ref is null ? await LastRowAsync(session, query.Before) : null;
        string?[] conditions =
        [
            isId ? "id = @Id" : null,
            query.Act is null ? null : "act = @Act",
            query.Since is null ? null : "id >= @Low AND made_at >= @Since",
            query.Before is null ? null : "id < @Before",
            last is null ? null : "id >= @Last",
        ];
        var where = string.Join(" AND ", conditions.OfType<string>());
        var rows = await session.ReadRowsAsync(
            $"SELECT {Columns} FROM {(query.Ref is null || isId ? "audit_entries" : ByRef)}{(where.Length > 0 ? " WHERE " + where : "")} ORDER BY id DESC LIMIT @Limit",
            new
            {
                query.Act,
                query.Ref,
                Id = session.Dialect.Id(id),
                Low = session.Dialect.Id(FirstOf(query.Since ?? default)),
                Since = query.Since?.ToMicros() ?? 0,
                Before = session.Dialect.Id(query.Before ?? Guid.Empty),
                Last = session.Dialect.Id(last ?? Guid.Empty),
                query.Limit,
            },
            row => EntryOf(session.Dialect, row));
        var isPast = last is not null && query.Since is { } since && string.CompareOrdinal(last.Value.ToString(), FirstOf(since).ToString()) < 0;
        return new([.. rows], rows.Count == query.Limit ? rows[^1].Id : isPast ? null : last);
    }

    /// <returns>Of the oldest entry that lies under no published checkpoint.</returns>
    public static async Task<DateTimeOffset?> OldestWaitingAsync(Session session)
    {
        var oldest = await session.ScalarAsync<long?>("SELECT MIN(made_at) FROM audit_entries WHERE seq IS NULL");
        foreach (var shard in (await LogPages.ShardsAsync(session)).Where(static shard => shard.Archived is null))
        {
            var placed = await session.ScalarAsync<long?>("SELECT MIN(made_at) FROM audit_entries WHERE shard = @Number AND seq >= @Size", new { shard.Number, shard.Size });
            oldest = placed < (oldest ?? long.MaxValue) ? placed : oldest;
        }

        return oldest?.ToTime();
    }

    /// <summary>Oldest first, of those under a published checkpoint.</summary>
    public static async Task<EntryPage> ScanAsync(Session session, EntryScan scan)
    {
        var after = scan.After == Guid.Empty ? FirstOf(scan.From) : scan.After;
        var rows = await session.ReadRowsAsync(
            $"SELECT {Columns} FROM audit_entries WHERE id >= @After AND id < @End ORDER BY id LIMIT @Most",
            new { After = session.Dialect.Id(after), End = session.Dialect.Id(FirstOf(scan.To.AddMilliseconds(1))), Most = ScanRows },
            row => EntryOf(session.Dialect, row));
        var published = (await LogPages.ShardsAsync(session)).ToDictionary(static shard => shard.Number, static shard => shard.Size);
        var wanted = rows.Where(entry => entry.Id != scan.After && entry.Index < published.GetValueOrDefault(entry.Shard ?? 0) && entry.MadeAt >= scan.From && entry.MadeAt < scan.To && (scan.Acts.IsEmpty || scan.Acts.Contains(entry.Act)));
        return new([.. wanted], rows.Count == ScanRows ? rows[^1].Id : null);
    }

    /// <summary>Oldest first, also of those that wait.</summary>
    public static Task<List<KeptEntry>> AfterAsync(Session session, Guid after) => session.ReadRowsAsync(
        $"SELECT {Columns} FROM audit_entries WHERE id > @After ORDER BY id LIMIT 1000", new { After = session.Dialect.Id(after) }, row => EntryOf(session.Dialect, row));

    /// <summary>The lowest id that was made at a moment (UUIDv7: 48 bits of milliseconds come first).</summary>
    private static Guid FirstOf(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new(id, bigEndian: true);
    }

    /// <returns>Null when all that is left is few enough.</returns>
    private static async Task<Guid?> LastRowAsync(Session session, Guid? before)
    {
        var last = await session.ReadRowsAsync(
            $"SELECT id FROM audit_entries{(before is null ? "" : " WHERE id < @Before")} ORDER BY id DESC LIMIT 1 OFFSET @Skip",
            new { Before = session.Dialect.Id(before ?? Guid.Empty), Skip = MostRows - 1 },
            row => (Guid?)session.Dialect.ReadId(row.GetValue(0)));
        return last.FirstOrDefault();
    }

    private static KeptEntry EntryOf(IDialect dialect, DbDataReader row) => new(
        dialect.ReadId(row.GetValue(0)), row.GetInt64(1).ToTime(), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), (byte[])row.GetValue(4), row.IsDBNull(5) ? null : row.GetInt64(5), row.IsDBNull(6) ? null : row.GetInt64(6));
}
