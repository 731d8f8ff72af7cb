using Paddock.Core.Audit;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Ledger;
using Paddock.Store.Migrations;

namespace Paddock.Store.Backups;

/// <summary>Makes a database what a backup says, in one transaction.</summary>
internal static class BackupLoader
{
    /// <summary>Replaces everything: the schema as it was then, the rows, and then the steps the schema has made since. What was
    /// restored has an entry of it in its own log.</summary>
    /// <param name="directory">Where the tables were extracted to.</param>
    /// <returns>How many rows were loaded.</returns>
    public static async Task<long> LoadAsync(Session session, Migrator migrator, EntryBook book, BackupManifest manifest, string directory)
    {
        await DropAsync(session);
        await migrator.ApplyAsync(session, to: manifest.Schema);
        await session.ExecuteAsync("DELETE FROM counters");
        var rows = 0L;
        foreach (var table in BackupTables.All)
        {
            if (manifest.Tables.FirstOrDefault(t => t.Table == table.Name) is { } part)
            {
                rows += await LoadAsync(session, part, Path.Combine(directory, part.Table));
            }
        }

        await migrator.ApplyAsync(session, to: int.MaxValue);
        await session.ExecuteAsync("DELETE FROM api_keys WHERE client IS NOT NULL"); // of that time: people have signed out since, or lost their machines
        await FinishAsync(session, manifest);
        await book.AddAsync(session, InstallationEntries.Restored(manifest.CreatedAt, rows, manifest.Schema));
        return rows;
    }

    private static async Task DropAsync(Session session)
    {
        foreach (var table in BackupTables.All.Select(t => t.Name).Reverse().Concat(BackupTables.NotCopied))
        {
            await session.ExecuteAsync($"DROP TABLE IF EXISTS {table}");
        }
    }

    private static async Task<long> LoadAsync(Session session, BackupPart part, string path)
    {
        var values = new object?[part.Columns.Length];
        var rows = 0L;
        await using var loader = await RowLoader.OpenAsync(session, part);
        foreach (var line in Lines(path))
        {
            RowCodec.Read(line, part.Columns, session.Dialect, values);
            await loader.AddAsync(values, session.CancellationToken);
            rows++;
        }

        await loader.CompleteAsync(session.CancellationToken);
        return rows == part.Rows ? rows : throw new BackupException($"{part.FileName} has {rows} rows, its manifest says {part.Rows}.");
    }

    /// <summary>Not asynchronous: on SQLite's thread nothing is awaited but the session.</summary>
    private static IEnumerable<string> Lines(string path) => File.ReadLines(path);

    private static async Task FinishAsync(Session session, BackupManifest manifest)
    {
        // Whoever held these calls open is gone, and so is its journal.
        await LostCalls.CloseAsync(session, journal: null, manifest.CreatedAt);
        await session.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name IN ('identity', 'containments', 'mitigations')");
        if (session.Dialect is Postgres)
        {
            foreach (var table in BackupTables.All.Where(t => t.Serial is not null))
            {
                await session.ExecuteAsync(
                    $"SELECT setval(pg_get_serial_sequence('{table.Name}', '{table.Serial}'), (SELECT coalesce(max({table.Serial}), 0) + 1 FROM {table.Name}), false)");
            }
        }
    }
}
