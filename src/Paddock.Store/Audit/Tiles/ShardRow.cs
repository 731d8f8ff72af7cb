using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>One shard of the log, a log of its own.</summary>
/// <param name="Number">From 1.</param>
/// <param name="ClosedAt">Unix microseconds; null while entries come into it.</param>
internal sealed record ShardRow(long Number, string Origin, string Vkey, long OpenedAt, long? ClosedAt, long? ArchivedAt)
{
    private const string Columns = "number AS Number, origin AS Origin, vkey AS Vkey, opened_at AS OpenedAt, closed_at AS ClosedAt, archived_at AS ArchivedAt";

    /// <summary>What it is signed with; its name is the origin.</summary>
    /// <exception cref="LogDamagedException">The row holds no such key.</exception>
    public VerifierKey Key => VerifierKey.Parse(Vkey) is { Algorithm: NoteAlgorithm.Ed25519 } key && key.Name == Origin ? key : throw new LogDamagedException($"Shard {Number} of the audit log has no valid key.");

    public static async Task<ShardRow?> NewestAsync(Session session) => (await session.QueryAsync<ShardRow>($"SELECT {Columns} FROM audit_shards ORDER BY number DESC LIMIT 1")).FirstOrDefault();

    public static async Task<ShardRow?> FindAsync(Session session, long number) => (await session.QueryAsync<ShardRow>($"SELECT {Columns} FROM audit_shards WHERE number = @number", new { number })).FirstOrDefault();

    public Task AddAsync(Session session) => session.ExecuteAsync("INSERT INTO audit_shards (number, origin, vkey, opened_at) VALUES (@Number, @Origin, @Vkey, @OpenedAt)", this);
}
