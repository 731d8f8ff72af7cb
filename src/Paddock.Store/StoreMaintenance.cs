using System.Data.Common;
using Microsoft.Extensions.Logging;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;
using Paddock.Store.Identity;
using Paddock.Store.Ledger;
using Paddock.Store.Migrations;

namespace Paddock.Store;

/// <summary>Opening, checking and closing the store. The hosted service does it for a server; a command does it itself.</summary>
public sealed class StoreMaintenance : IDisposable
{
    private static readonly TimeSpan stopTimeout = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly IDatabase database;
    private readonly Migrator migrator;
    private readonly LiveIdentities identities;
    private readonly JournaledLedger ledger;
    private readonly Journal journal;
    private readonly Shipper shipper;
    private readonly StoreOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private bool started;

    internal StoreMaintenance(
        IDatabase database, Migrator migrator, LiveIdentities identities, JournaledLedger ledger, Journal journal, Shipper shipper,
        StoreOptions options, TimeProvider time, ILogger<StoreMaintenance> logger)
    {
        (this.database, this.migrator, this.identities, this.ledger) = (database, migrator, identities, ledger);
        (this.journal, this.shipper, this.options, this.time, this.logger) = (journal, shipper, options, time, logger);
    }

    /// <summary>Migrates, loads the live directory and starts the ledger. Waits for a database that is away; once only, however often called.</summary>
    /// <exception cref="SchemaException">The database does not go with this version.</exception>
    /// <exception cref="DbException">The database did not answer within <see cref="StoreOptions.StartTimeout"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (started)
            {
                return;
            }

            await MigrateAsync(cancellationToken);
            await identities.StartAsync(shared: database.Dialect is Postgres, cancellationToken);
            ledger.Start(Guid.CreateVersion7(time.GetUtcNow()));
            started = true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Writes what is in memory, brings the journal to the database if that takes no more than 10 s, and stops.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!started)
            {
                return;
            }

            started = false;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(stopTimeout);
            await ledger.StopAsync(limit.Token);
            await identities.StopAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Brings the schema to this version's; a database that has something in it is copied first.</summary>
    /// <returns>How many steps were applied.</returns>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        DataDirectoryLock.Create(options.DataDirectory);
        await WaitForDatabaseAsync(cancellationToken);
        var steps = await migrator.MigrateAsync((_, _) => Task.CompletedTask, cancellationToken);
        Log.Opened(logger, database.Dialect.Name, (await migrator.FactsAsync(cancellationToken)).Version, steps);
        return steps;
    }

    /// <summary>Versions of the database's schema and of this build's.</summary>
    public Task<SchemaFacts> SchemaAsync(CancellationToken cancellationToken) => migrator.FactsAsync(cancellationToken);

    /// <summary>Looks whether the store works. Takes at most as long as the database takes to answer; does not throw.</summary>
    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        string? problem = null;
        try
        {
            await database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1"), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            problem = "the database does not answer";
        }

        var writable = started && ledger.IsHealthy;
        return new()
        {
            DatabaseReachable = problem is null,
            LedgerWritable = writable,
            LedgerShipping = shipper.IsShipping,
            JournalBytes = journal.Bytes,
            JournalLimitBytes = options.JournalLimitBytes,
            Problem = writable ? problem : journal.IsFull ? "the ledger's journal is full" : started ? "the ledger's journal cannot be written" : "the store has not started",
        };
    }

    public void Dispose() => gate.Dispose();

    private async Task WaitForDatabaseAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(250); ; delay = delay * 2 < TimeSpan.FromSeconds(4) ? delay * 2 : TimeSpan.FromSeconds(4))
        {
            try
            {
                await database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1"), cancellationToken);
                return;
            }
            catch (DbException fault) when (options.StartTimeout - time.GetElapsedTime(begun) is var remaining && remaining > TimeSpan.Zero && database.Dialect is Postgres)
            {
                Log.DatabaseAway(logger, fault, remaining);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }
}
