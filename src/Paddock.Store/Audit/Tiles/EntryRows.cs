using Microsoft.Data.Sqlite;
using Npgsql;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>An entry that is not in the log yet.</summary>
/// <param name="MadeAt">Unix microseconds.</param>
internal sealed record WaitingEntry(Guid Id, long MadeAt, TreeHash Leaf);

/// <summary>Entries and their places in the log.</summary>
internal static class EntryRows
{
    private const string Waiting = "SELECT id, made_at, entry FROM audit_entries WHERE seq IS NULL ORDER BY id LIMIT @most";

    /// <summary>
    /// Entries without a place, by id and not by a mark of how far it went: transactions commit out of order, and one that commits late
    /// has an older id.
    /// </summary>
    public static async Task<List<WaitingEntry>> WaitingAsync(Session session, int most) => session.Connection is SqliteConnection connection
        ? WaitingSqlite(connection, most)
        : await session.ReadRowsAsync(Waiting, new { most }, row => new WaitingEntry(session.Dialect.ReadId(row.GetValue(0)), row.GetInt64(1), TreeHash.OfLeaf((byte[])row.GetValue(2))));

    /// <summary>The leaves of entries from <paramref name="first"/> on, which must follow each other.</summary>
    /// <exception cref="LogDamagedException">One is missing.</exception>
    public static async Task<List<TreeHash>> LeavesAsync(Session session, long shard, long first)
    {
        var next = first;
        return await session.ReadRowsAsync(
            "SELECT seq, entry FROM audit_entries WHERE shard = @shard AND seq >= @first ORDER BY seq",
            new { shard, first },
            row => row.GetInt64(0) == next++ ? TreeHash.OfLeaf((byte[])row.GetValue(1)) : throw new LogDamagedException($"Entry {next - 1} of shard {shard} is missing."));
    }

    /// <summary>Gives entries their places, from <paramref name="first"/> on.</summary>
    /// <exception cref="LogDamagedException">One of them has a place already, or is gone.</exception>
    public static async Task PlaceAsync(Session session, long shard, long first, IReadOnlyList<Guid> ids)
    {
        var placed = session.Connection is NpgsqlConnection ? await PlacePostgresAsync(session, shard, first, ids) : PlaceSqlite(session, shard, first, ids);
        if (placed != ids.Count)
        {
            throw new LogDamagedException($"{ids.Count - placed} of {ids.Count} entries were put into the log by somebody else.");
        }
    }

    private static List<WaitingEntry> WaitingSqlite(SqliteConnection connection, int most)
    {
        using var statement = new SqliteStatement(connection, Waiting);
        statement.Int(1, most);
        var waiting = new List<WaitingEntry>();
        while (statement.Step())
        {
            waiting.Add(new(new(statement.ReadBytes(0), bigEndian: true), statement.ReadInt(1), TreeHash.OfLeaf(statement.ReadBytes(2))));
        }

        return waiting;
    }

    private static async Task<int> PlacePostgresAsync(Session session, long shard, long first, IReadOnlyList<Guid> ids)
    {
        const string sql = "UPDATE audit_entries SET shard = $1, seq = place.seq FROM unnest($2, $3) AS place (id, seq) WHERE audit_entries.id = place.id AND audit_entries.seq IS NULL";
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)session.Connection)
        {
            Parameters = { new() { Value = shard }, new() { Value = ids.ToArray() }, new() { Value = Enumerable.Range(0, ids.Count).Select(i => first + i).ToArray() } },
        };
        return await command.ExecuteNonQueryAsync(session.CancellationToken);
    }

    private static int PlaceSqlite(Session session, long shard, long first, IReadOnlyList<Guid> ids)
    {
        using var statement = new SqliteStatement((SqliteConnection)session.Connection, "UPDATE audit_entries SET shard = ?1, seq = ?2 WHERE id = ?3 AND seq IS NULL");
        var placed = 0;
        Span<byte> id = stackalloc byte[16];
        for (var i = 0; i < ids.Count; i++)
        {
            ids[i].TryWriteBytes(id, bigEndian: true, out _);
            statement.Int(1, shard);
            statement.Int(2, first + i);
            statement.Bytes(3, id);
            placed += statement.Execute();
        }

        return placed;
    }
}
