using System.Globalization;
using Npgsql;
using Paddock.Store.Audit;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;
using Paddock.Store.Migrations;

namespace Paddock.Store.Backups;

/// <summary>Takes a backup back, into either database. What was there before is kept in <c>backups/</c>.</summary>
internal sealed class Restore(IDatabase database, Migrator migrator, BackupWriter writer, EntryBook book, StoreOptions options, TimeProvider time)
{
    /// <summary>Replaces the database. No server may run.</summary>
    /// <exception cref="BackupException">The backup cannot be taken back, or a server is connected; nothing was changed.</exception>
    public async Task<BackupSummary> RunAsync(string path, bool replaces, CancellationToken cancellationToken)
    {
        if (!replaces && await IsThereAsync(cancellationToken))
        {
            throw new BackupException("There is a database already. With --replace the backup takes its place; what is there is then kept in backups/.");
        }

        DataDirectoryLock.Create(options.DataDirectory);
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var kept = Path.Combine(options.BackupDirectory, "before-restore-" + stamp);
        var work = Directory.CreateDirectory(Path.Combine(options.BackupDirectory, "restoring-" + stamp));
        try
        {
            var manifest = await BackupArchive.ExtractAsync(path, work.FullName, cancellationToken);
            Check(manifest);
            Directory.CreateDirectory(kept);
            var rows = database is SqliteDatabase sqlite
                ? await ReplaceFileAsync(sqlite, manifest, work.FullName, kept, cancellationToken)
                : await ReplaceTablesAsync(manifest, work.FullName, kept, cancellationToken);
            if (Directory.Exists(options.JournalDirectory))
            {
                // Its records belong to the database that was replaced.
                Directory.Move(options.JournalDirectory, Path.Combine(kept, "ledger"));
            }

            return new(path, new FileInfo(path).Length, manifest.Schema, manifest.CreatedAt, rows);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken) =>
        database is SqliteDatabase ? File.Exists(options.DatabaseFile) : (await migrator.FactsAsync(cancellationToken)).Version > 0;

    private void Check(BackupManifest manifest)
    {
        if (manifest.Schema > migrator.Newest)
        {
            throw new BackupException($"The backup has schema {manifest.Schema}; this version of Paddock knows {migrator.Newest}. Restore it with the version that made it, or a newer one.");
        }

        if (manifest.Schema < 1)
        {
            throw new BackupException("The backup is of an empty database.");
        }
    }

    /// <summary>SQLite: a new file beside the old one, which then takes its place. The old one may be damaged; it is not opened.</summary>
    private async Task<long> ReplaceFileAsync(SqliteDatabase current, BackupManifest manifest, string work, string kept, CancellationToken cancellationToken)
    {
        if (current.IsOpen)
        {
            throw new BackupException("The database is open in this process; a restore comes first or not at all.");
        }

        var fresh = Path.Combine(work, "paddock.db");
        long rows;
        await using (var target = new SqliteDatabase(fresh))
        {
            rows = await target.WriteAsync(session => BackupLoader.LoadAsync(session, migrator, book, manifest, work), cancellationToken);
        }

        if (File.Exists(fresh + "-wal"))
        {
            // SQLite removes it when all is in the file itself. Without it the file would be an empty database, or half of one.
            throw new BackupException("The new database could not be completed (is the disk full?). The one that was there was not touched.");
        }

        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(options.DatabaseFile + suffix))
            {
                File.Move(options.DatabaseFile + suffix, Path.Combine(kept, "paddock.db" + suffix));
            }
        }

        File.Move(fresh, options.DatabaseFile);
        return rows;
    }

    /// <summary>PostgreSQL: the tables themselves, all in one transaction, after a backup of what they hold.</summary>
    private async Task<long> ReplaceTablesAsync(BackupManifest manifest, string work, string kept, CancellationToken cancellationToken)
    {
        if ((await migrator.FactsAsync(cancellationToken)).Version > 0)
        {
            await writer.WriteAsync(Path.Combine(kept, "database.paddock"), cancellationToken);
        }

        return await database.WriteAsync(
            async session => await AdvisoryLocks.TryOwnAsync((NpgsqlConnection)session.Connection, cancellationToken)
                ? await BackupLoader.LoadAsync(session, migrator, book, manifest, work)
                : throw new BackupException("A server is connected to this database. Stop every one, then restore."),
            cancellationToken);
    }
}
