using Paddock.Store.Dialects;

namespace Paddock.Store.Migrations;

/// <summary>Brings a database to the newest schema: forward only, one process at a time, each step in a transaction with its record.</summary>
internal sealed class Migrator(IDatabase database, TimeProvider time, IReadOnlyList<Migration> known)
{
    // PostgreSQL only: ends with the transaction. SQLite's write transaction is lock enough.
    private const long LockKey = 0x70616464_6F636B01;

    /// <summary>The newest schema version that is known.</summary>
    public int Newest => known[^1].Version;

    public async Task<SchemaFacts> FactsAsync(CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(cancellationToken);
        return applied.Count == 0 ? new(0, 0, Newest) : new((int)applied[^1].Version, (int)applied.Max(a => a.Min_Reader), Newest);
    }

    /// <summary>Applies what is missing.</summary>
    /// <param name="snapshot">Called with the version found, before anything changes, when the database is not empty.</param>
    /// <returns>How many steps were applied.</returns>
    /// <exception cref="SchemaException">The database is newer than this build can use, or its history is not ours.</exception>
    public async Task<int> MigrateAsync(Func<int, CancellationToken, Task> snapshot, CancellationToken cancellationToken)
    {
        var applied = await AppliedAsync(cancellationToken);
        Check(applied);
        if (applied.Count > 0 && applied[^1].Version < Newest)
        {
            await snapshot((int)applied[^1].Version, cancellationToken);
        }

        var steps = 0;
        foreach (var migration in known)
        {
            steps += await database.WriteAsync(session => ApplyAsync(session, migration), cancellationToken);
        }

        return steps;
    }

    /// <summary>Applies what is missing up to a version, in a transaction that is not ours.</summary>
    public async Task ApplyAsync(Session session, int to)
    {
        foreach (var migration in known.Where(m => m.Version <= to))
        {
            await ApplyAsync(session, migration);
        }
    }

    private void Check(List<AppliedRow> applied)
    {
        if (applied.Count > 0 && applied.Max(a => a.Min_Reader) is var minimum && minimum > Newest)
        {
            throw new SchemaException(
                $"The database has schema {applied[^1].Version}, which needs a Paddock that knows schema {minimum}; this one knows {Newest}. "
                + "Start the newer version again, or restore the snapshot that was taken before it migrated (in backups/ of the data directory).");
        }

        foreach (var row in applied)
        {
            if (known.FirstOrDefault(m => m.Version == row.Version) is { } own && own.Checksum != row.Checksum)
            {
                throw new SchemaException($"Step {row.Version} ({row.Name}) of the database's schema is not the step {own.Name} of this version of Paddock. The database was made by something else; nothing was changed.");
            }
        }
    }

    private async Task<int> ApplyAsync(Session session, Migration migration)
    {
        await PrepareAsync(session);
        if (await session.ScalarAsync<long>("SELECT count(*) FROM schema_versions WHERE version = @Version", new { migration.Version }) > 0)
        {
            return 0;
        }

        await session.ExecuteAsync(session.Dialect.Translate(migration.Sql));
        return await session.ExecuteAsync(
            """
            INSERT INTO schema_versions (version, name, checksum, min_reader, applied_at)
            VALUES (@Version, @Name, @Checksum, @MinReader, @At)
            """,
            new { migration.Version, migration.Name, migration.Checksum, migration.MinReader, At = time.GetUtcNow().ToMicros() });
    }

    private static async Task PrepareAsync(Session session)
    {
        if (session.Dialect is Postgres)
        {
            await session.ExecuteAsync("SELECT pg_advisory_xact_lock(@LockKey)", new { LockKey });
        }

        await session.ExecuteAsync(session.Dialect.Translate(
            """
            CREATE TABLE IF NOT EXISTS schema_versions (
              version    {int} NOT NULL PRIMARY KEY,
              name       TEXT NOT NULL,
              checksum   TEXT NOT NULL,
              min_reader {int} NOT NULL,
              applied_at {int} NOT NULL
            ) {table}
            """));
    }

    private Task<List<AppliedRow>> AppliedAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var exists = session.Dialect is Postgres
                ? await session.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_versions'")
                : await session.ScalarAsync<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_versions'");
            return exists == 0
                ? []
                : await session.QueryAsync<AppliedRow>("SELECT version, name, checksum, min_reader FROM schema_versions ORDER BY version");
        },
        cancellationToken);

    private sealed class AppliedRow
    {
        public long Version { get; init; }

        public string Name { get; init; } = "";

        public string Checksum { get; init; } = "";

        public long Min_Reader { get; init; }
    }
}
