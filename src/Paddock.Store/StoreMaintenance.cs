using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Paddock.Store.Backups;
using Paddock.Store.Coordination;
using Paddock.Store.Ledger;
using Paddock.Store.Migrations;
using Paddock.Store.Policies;

namespace Paddock.Store;

/// <summary>Opening, checking, copying and closing the store. The hosted service opens and closes it for a server; a command does it itself.</summary>
public sealed class StoreMaintenance : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly StoreLifetime lifetime;
    private readonly Migrator migrator;
    private readonly BackupWriter writer;
    private readonly Restore restore;
    private readonly JournaledLedger ledger;
    private readonly DecisionQueue decisions;
    private readonly StoreOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    internal StoreMaintenance(
        StoreLifetime lifetime, Migrator migrator, BackupWriter writer, Restore restore, JournaledLedger ledger, DecisionQueue decisions,
        StoreOptions options, TimeProvider time, ILogger<StoreMaintenance> logger)
    {
        (this.lifetime, this.migrator, this.writer, this.restore) = (lifetime, migrator, writer, restore);
        (this.ledger, this.decisions, this.options, this.time, this.logger) = (ledger, decisions, options, time, logger);
    }

    /// <summary>Migrates, loads the live directory and starts the ledger. Waits for a database that is away; once only, however often called.</summary>
    /// <exception cref="SchemaException">The database does not go with this version.</exception>
    /// <exception cref="DbException">The database did not answer within <see cref="StoreOptions.StartTimeout"/>.</exception>
    /// <exception cref="InvalidOperationException">PostgreSQL is being restored, or a copy of this data directory runs elsewhere.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => OneAtATimeAsync(
        async () =>
        {
            if (!lifetime.IsStarted)
            {
                await MigrateAsync(cancellationToken);
                await lifetime.StartAsync(cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Writes what is in memory, brings the journal to the database if that takes no more than 10 s, and stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => OneAtATimeAsync(
        async () =>
        {
            if (lifetime.IsStarted)
            {
                await lifetime.StopAsync(cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Brings the schema to this version's; a database that has something in it is copied to <c>backups/</c> first.</summary>
    /// <returns>How many steps were applied.</returns>
    /// <exception cref="SchemaException">The database does not go with this version; nothing was changed.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        DataDirectoryLock.Create(options.DataDirectory);
        await lifetime.WaitForDatabaseAsync(cancellationToken);
        var steps = await migrator.MigrateAsync(SnapshotAsync, cancellationToken);
        Log.Opened(logger, (await migrator.FactsAsync(cancellationToken)).Version, steps);
        return steps;
    }

    /// <summary>Versions of the database's schema and of this build's.</summary>
    public Task<SchemaFacts> SchemaAsync(CancellationToken cancellationToken) => migrator.FactsAsync(cancellationToken);

    /// <summary>Looks whether the store works. Takes at most as long as the database takes to answer; does not throw.</summary>
    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => lifetime.CheckAsync(cancellationToken);

    /// <summary>
    /// Copies everything in the database, as of one moment, into one file; the server may run. The file has no keys in it: pepper and
    /// admin key lie in <c>DIR/keys</c> and are kept apart. Either database can take it back.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written, or is there already.</exception>
    public Task<BackupSummary> BackupAsync(string path, CancellationToken cancellationToken) => OneAtATimeAsync(
        async () =>
        {
            if (lifetime.IsStarted)
            {
                await ledger.FlushAsync(cancellationToken);
                await decisions.FlushAsync(cancellationToken);
                await lifetime.BringOverAsync(cancellationToken);
            }

            return await writer.WriteAsync(path, cancellationToken);
        },
        cancellationToken);

    /// <summary>
    /// Makes the database what the backup says, and keeps what was there in <c>backups/</c>. The caller holds the data directory's
    /// lock and has not started the store. Calls that were open then are closed as lost.
    /// </summary>
    /// <param name="replaces">Whether a database that is there already gives way; otherwise it is a reason to refuse.</param>
    /// <exception cref="BackupException">The backup is damaged or too new, a server runs, or a database is there; nothing was changed.</exception>
    public Task<BackupSummary> RestoreAsync(string path, bool replaces, CancellationToken cancellationToken) => OneAtATimeAsync(
        () => lifetime.IsStarted ? throw new BackupException("The store is running; stop it, then restore.") : restore.RunAsync(path, replaces, cancellationToken),
        cancellationToken);

    public void Dispose() => gate.Dispose();

    private async Task SnapshotAsync(int version, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.BackupDirectory);
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var snapshot = await writer.WriteAsync(Path.Combine(options.BackupDirectory, $"before-schema-{migrator.Newest}-{stamp}.paddock"), cancellationToken);
        Log.SnapshotTaken(logger, version, snapshot.Path);
    }

    private async Task<T> OneAtATimeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }
}
