using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>One shard of the log, a log of its own.</summary>
/// <param name="Number">From 1.</param>
/// <param name="ClosedAt">Unix microseconds; null while entries come into it.</param>
/// <param name="Halt">After which it was opened; null when it continues the one before.</param>
internal sealed record ShardRow(long Number, string Origin, string Vkey, long OpenedAt, long? ClosedAt, long? ArchivedAt, long? Halt)
{
    private const string Columns = "number AS Number, origin AS Origin, vkey AS Vkey, opened_at AS OpenedAt, closed_at AS ClosedAt, archived_at AS ArchivedAt, halt AS Halt";

    /// <summary>What it is signed with; its name is the origin.</summary>
    /// <exception cref="LogDamagedException">The row holds no such key.</exception>
    public VerifierKey Key => VerifierKey.Parse(Vkey) is { Algorithm: NoteAlgorithm.Ed25519 } key && key.Name == Origin ? key : throw new LogDamagedException($"Shard {Number} of the audit log has no valid key.");

    public static async Task<ShardRow?> NewestAsync(Session session) => (await session.QueryAsync<ShardRow>($"SELECT {Columns} FROM audit_shards ORDER BY number DESC LIMIT 1")).FirstOrDefault();

    public static async Task<ShardRow?> FindAsync(Session session, long number) => (await session.QueryAsync<ShardRow>($"SELECT {Columns} FROM audit_shards WHERE number = @number", new { number })).FirstOrDefault();

    public static Task<List<ShardRow>> AllAsync(Session session) => session.QueryAsync<ShardRow>($"SELECT {Columns} FROM audit_shards ORDER BY number");

    /// <summary>Whether somebody decided, at this shard or later, that the log goes on without what was signed: in a shard of another origin.</summary>
    public static async Task<bool> IsGivenUpAsync(Session session, long number, string origin) =>
        await session.ScalarAsync<long>("SELECT COUNT(*) FROM audit_shards WHERE halt IS NOT NULL AND number >= @number AND origin <> @origin", new { number, origin }) > 0;

    public Task AddAsync(Session session) => session.ExecuteAsync("INSERT INTO audit_shards (number, origin, vkey, opened_at, halt) VALUES (@Number, @Origin, @Vkey, @OpenedAt, @Halt)", this);

    /// <summary>Nothing is put behind its end any more.</summary>
    /// <exception cref="LogDamagedException">It is closed already, or not there.</exception>
    public async Task CloseAsync(Session session, long at)
    {
        if (await session.ExecuteAsync("UPDATE audit_shards SET closed_at = @at WHERE number = @Number AND closed_at IS NULL", new { at, Number }) != 1)
        {
            throw new LogDamagedException($"Shard {Number} of the audit log was closed by somebody else.");
        }
    }
}
