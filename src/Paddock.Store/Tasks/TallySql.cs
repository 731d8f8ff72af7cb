using System.Collections.Immutable;
using Paddock.Core.Metrics;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>The statements on tallies, the same on both databases.</summary>
internal static class TallySql
{
    private const string Columns = "id:t dimension:i team:t value:t by_day:f bucket:i tally:t";

    public static async Task WriteAsync(Session session, TallyBook book)
    {
        var changes = book.Changes.Where(static one => !one.Value.IsEmpty || one.Value.People.Shares.Count > 0).Select(static one => (one.Key.Id, one.Key, Tally: one.Value)).ToList();
        var there = (await session.ReadRowsAsync(
            $"SELECT id, tally FROM task_tallies WHERE id IN (SELECT id FROM {session.Dialect.Rows("id:t")})",
            new { rows = RowsJson.OfIds(changes.Select(static one => one.Id)) }, static row => (Id: row.GetString(0), Tally: row.GetString(1)))).ToDictionary(static one => one.Id, static one => one.Tally, StringComparer.Ordinal);
        foreach (var (id, _, tally) in changes)
        {
            if (there.TryGetValue(id, out var text))
            {
                tally.Add(TallyDocument.Read(text));
            }

            tally.People.Trim();
        }

        await UpsertAsync(session, changes);
        await DeleteAsync(session, "task_tallies", changes.Where(one => one.Tally.IsEmpty && there.ContainsKey(one.Id)).Select(static one => one.Id));
    }

    public static async Task<ImmutableArray<GroupTally>> GroupsAsync(Session session, TallyQuery query)
    {
        var groups = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var (value, tally) in await ReadAsync(session, query, "value", static row => (row.GetString(0), TallyDocument.Read(row.GetString(1)))))
        {
            if (!groups.TryGetValue(value, out var sum))
            {
                groups[value] = sum = new();
            }

            sum.Add(tally);
        }

        return [.. groups.Where(static one => !one.Value.IsEmpty).Select(static one => new GroupTally(one.Key, one.Value))];
    }

    public static async Task<ImmutableArray<StretchTally>> SeriesAsync(Session session, TallyQuery query, string? value, bool byDay)
    {
        if (value is null && query.Team is { } team)
        {
            (query, value) = (query with { Dimension = MetricDimension.Team, Team = null }, team); // all that the team has
        }

        var rows = await session.ReadRowsAsync(
            $"SELECT bucket, tally FROM task_tallies WHERE dimension = @Dimension AND team = @Team AND by_day = @byDay AND bucket >= @From AND bucket < @Until {(value is null ? "" : "AND value = @value")} ORDER BY bucket",
            new { Dimension = (int)query.Dimension, Team = query.Team ?? "", byDay, From = query.From.ToMicros(), Until = query.Until.ToMicros(), value }, static row => (Bucket: row.GetInt64(0), Tally: TallyDocument.Read(row.GetString(1))));
        return [.. rows.GroupBy(static row => row.Bucket).Select(static same => new StretchTally(same.Key.ToTime(), same.Select(static row => row.Tally).Aggregate(static (sum, next) => { sum.Add(next); return sum; })))];
    }

    /// <summary>Removes what is older than it is kept.</summary>
    public static async Task<int> ForgetAsync(Session session, DateTimeOffset now) =>
        await session.ExecuteAsync("DELETE FROM task_tallies WHERE by_day = @ByDay AND bucket < @Before", new { ByDay = false, Before = (now - TallyBook.KeepHours).ToMicros() })
        + await session.ExecuteAsync("DELETE FROM task_tallies WHERE by_day = @ByDay AND bucket < @Before", new { ByDay = true, Before = (now - TallyBook.KeepDays).ToMicros() });

    /// <summary>Whole days as days, the rest as hours.</summary>
    private static Task<List<T>> ReadAsync<T>(Session session, TallyQuery query, string column, Func<System.Data.Common.DbDataReader, T> map)
    {
        var (from, until) = (query.From.ToMicros(), query.Until.ToMicros());
        var (day, firstDay) = (TimeSpan.FromDays(1).ToMicros(), -FloorTo(-from, TimeSpan.FromDays(1).ToMicros()));
        var lastDay = Math.Max(firstDay, FloorTo(until, day));
        var isShort = lastDay <= firstDay || until <= firstDay;
        return session.ReadRowsAsync(
            $"""
            SELECT {column}, tally FROM task_tallies WHERE dimension = @Dimension AND team = @Team AND by_day = @No AND bucket >= @from AND bucket < @HoursUntil
            UNION ALL SELECT {column}, tally FROM task_tallies WHERE dimension = @Dimension AND team = @Team AND by_day = @Yes AND bucket >= @firstDay AND bucket < @DaysUntil
            UNION ALL SELECT {column}, tally FROM task_tallies WHERE dimension = @Dimension AND team = @Team AND by_day = @No AND bucket >= @HoursFrom AND bucket < @until
            """,
            new
            {
                Dimension = (int)query.Dimension,
                Team = query.Team ?? "",
                No = false,
                Yes = true,
                from,
                until,
                firstDay,
                HoursUntil = isShort ? until : firstDay,
                DaysUntil = isShort ? firstDay : lastDay,
                HoursFrom = isShort ? until : lastDay,
            },
            map);
    }

    private static async Task UpsertAsync(Session session, IEnumerable<(string Id, TallyKey Key, Tally Tally)> changes) => await session.ExecuteAsync(
        $"""
        INSERT INTO task_tallies (id, dimension, team, value, by_day, bucket, tally) SELECT id, dimension, team, value, by_day, bucket, tally FROM {session.Dialect.Rows(Columns)} WHERE true
        ON CONFLICT (id) DO UPDATE SET tally = excluded.tally
        """,
        new
        {
            rows = RowsJson.Of(changes.Where(static one => !one.Tally.IsEmpty), static (json, one) =>
            {
                json.WriteString("id", one.Id);
                json.WriteNumber("dimension", (int)one.Key.Group.Dimension);
                json.WriteString("team", one.Key.Group.Team ?? "");
                json.WriteString("value", one.Key.Group.Value);
                json.WriteBoolean("by_day", one.Key.ByDay);
                json.WriteNumber("bucket", one.Key.Bucket);
                json.WriteString("tally", TallyDocument.Of(one.Tally));
            }),
        });

    private static async Task DeleteAsync(Session session, string table, IEnumerable<string> ids)
    {
        var gone = ids.ToList();
        if (gone.Count > 0)
        {
            await session.ExecuteAsync($"DELETE FROM {table} WHERE id IN (SELECT id FROM {session.Dialect.Rows("id:t")})", new { rows = RowsJson.OfIds(gone) });
        }
    }

    private static long FloorTo(long value, long step) => value - (((value % step) + step) % step);
}
