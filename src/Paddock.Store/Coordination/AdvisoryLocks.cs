using Npgsql;

namespace Paddock.Store.Coordination;

/// <summary>The advisory locks of PostgreSQL that Paddock takes; all in one class of keys, so that other users of the database are not met.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Class of all keys: "padd".</summary>
    private const int Class = 0x70616464;

    private const int Running = 1;

    private const int Log = 2;

    /// <summary>Held shared by each server while it is connected.</summary>
    public static Task<bool> ShareRunningAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        TryAsync(connection, "SELECT pg_try_advisory_lock_shared($1, $2)", Running, cancellationToken);

    /// <summary>Taken by a restore until its transaction ends: false while any server is connected.</summary>
    public static Task<bool> TryOwnAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        TryAsync(connection, "SELECT pg_try_advisory_xact_lock($1, $2)", Running, cancellationToken);

    /// <summary>Held by the one process that puts entries into the audit log and signs it, as long as its connection lives.</summary>
    public static Task<bool> TryLogAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        TryAsync(connection, "SELECT pg_try_advisory_lock($1, $2)", Log, cancellationToken);

    /// <summary>Held by the one process that does this work, as long as its connection lives.</summary>
    public static Task<bool> TryWorkAsync(NpgsqlConnection connection, Work work, CancellationToken cancellationToken) =>
        TryAsync(connection, "SELECT pg_try_advisory_lock($1, $2)", (int)work, cancellationToken);

    /// <summary>Held by the one process that writes a journal: false when a copy of its directory runs elsewhere.</summary>
    public static Task<bool> TryJournalAsync(NpgsqlConnection connection, Guid journal, CancellationToken cancellationToken) =>
        TryAsync(connection, "SELECT pg_try_advisory_lock($1, $2)", KeyOf(journal), cancellationToken);

    // A version 7 id ends in random bits. The last ones make the key; a chance meeting of two journals is one in a billion.
    private static int KeyOf(Guid journal) => BitConverter.ToInt32(journal.ToByteArray(), 12) | int.MinValue;

    private static async Task<bool> TryAsync(NpgsqlConnection connection, string sql, int key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Class }, new() { Value = key } } };
        await using var answer = await command.ExecuteReaderAsync(cancellationToken); // no scalar: see Session
        return await answer.ReadAsync(cancellationToken) && answer.GetBoolean(0);
    }
}
