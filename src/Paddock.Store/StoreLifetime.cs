using System.Data.Common;
using Microsoft.Extensions.Logging;
using Paddock.Store.Agents;
using Paddock.Store.Approvals;
using Paddock.Store.Audit;
using Paddock.Store.Audit.Payloads;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Audit.Witnesses;
using Paddock.Store.Containments;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;
using Paddock.Store.Identity;
using Paddock.Store.Ledger;
using Paddock.Store.Mitigations;
using Paddock.Store.Policies;
using Paddock.Store.Tasks;

namespace Paddock.Store;

/// <summary>Opens the store's parts in their order, closes them in reverse, and says how they are.</summary>
internal sealed class StoreLifetime(
    IDatabase database, LiveIdentities identities, LiveClients clients, ClientUpkeep clientUpkeep, StaleTasks staleTasks, LiveContainments containments, ContainmentClock clock, LiveMitigations mitigations, MitigationClock mitigationClock, ApprovalClock approvals, DecisionQueue decisions, DecisionUpkeep upkeep, TaskFolder tasks,
    KeyUpkeep keys, PayloadUpkeep payloads, RetentionUpkeep retention, AuditUpkeep audit, SequencerLoop log, WitnessFeeds witnesses, IPresence presence, JournaledLedger ledger, Journal journal, Shipper shipper,
    StoreOptions options, TimeProvider time, ILogger<StoreLifetime> logger)
{
    private static readonly TimeSpan stopTimeout = TimeSpan.FromSeconds(10);

    public bool IsStarted { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var id = ledger.Begin(Guid.CreateVersion7(time.GetUtcNow()));
        await presence.StartAsync(id, cancellationToken);
        await keys.StartAsync(cancellationToken);
        await audit.StartAsync(cancellationToken);
        log.Start();
        payloads.Start();
        retention.Start();
        witnesses.Start();
        await containments.StartAsync(cancellationToken);
        await mitigations.LoadAsync(cancellationToken);
        await identities.StartAsync(presence.IsShared, cancellationToken);
        clients.Start();
        clientUpkeep.Start();
        staleTasks.Start();
        clock.Start();
        mitigationClock.Start();
        approvals.Start();
        decisions.Start();
        upkeep.Start();
        tasks.Start();
        ledger.Start();
        IsStarted = true;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsStarted = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stopTimeout);
        await ledger.StopAsync(limit.Token);
        await tasks.StopAsync();
        await upkeep.StopAsync();
        await decisions.StopAsync(limit.Token);
        await approvals.StopAsync();
        await mitigationClock.StopAsync();
        await clock.StopAsync();
        await staleTasks.StopAsync();
        await clientUpkeep.StopAsync();
        await clients.FinishAsync();
        await identities.StopAsync();
        await containments.StopAsync();
        await witnesses.StopAsync();
        await retention.StopAsync();
        await payloads.StopAsync();
        await audit.StopAsync(limit.Token);
        await log.StopAsync(limit.Token);
        await keys.StopAsync();
        await presence.StopAsync();
    }

    /// <summary>What tells of the calls that are in the database is there too, unless it does not take it now.</summary>
    public Task BringOverAsync(CancellationToken cancellationToken) => audit.BringOverAsync(cancellationToken);

    /// <summary>Completes when the database answers; waits for one that is away, as long as the options say.</summary>
    public async Task WaitForDatabaseAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(250); ; delay = delay * 2 < TimeSpan.FromSeconds(4) ? delay * 2 : TimeSpan.FromSeconds(4))
        {
            try
            {
                await PingAsync(cancellationToken);
                return;
            }
            catch (DbException fault) when (options.StartTimeout - time.GetElapsedTime(begun) is var remaining && remaining > TimeSpan.Zero && presence.IsShared)
            {
                Log.DatabaseAway(logger, fault.Message, remaining);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var reachable = true;
        try
        {
            await PingAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            reachable = false;
        }

        var writable = IsStarted && ledger.IsHealthy;
        return new()
        {
            DatabaseReachable = reachable,
            LedgerWritable = writable,
            LedgerShipping = shipper.IsShipping,
            JournalBytes = journal.Bytes,
            JournalLimitBytes = options.JournalLimitBytes,
            Audit = audit.Check(),
            Problem = (IsStarted, writable, reachable) switch
            {
                (false, _, _) => "the store has not started",
                (_, false, _) => journal.IsFull ? "the ledger's journal is full" : "the ledger's journal cannot be written",
                (_, _, false) => "the database does not answer",
                _ => null,
            },
        };
    }

    private Task<long> PingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1"), cancellationToken);
}
