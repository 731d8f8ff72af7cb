using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Ledger;

namespace Paddock.Store.Ledger;

/// <summary>
/// The ledger as calls see it: a record is with the operating system when <see cref="Open"/> or <see cref="Close"/> returns. The
/// shipper takes the records from there to the database.
/// </summary>
internal sealed class JournaledLedger(Journal journal, Shipper shipper, IBreakGlass glass, StoreOptions options, TimeProvider time, ILogger<JournaledLedger> logger) : ILedger, IDisposable
{
    private JournalKeeper? keeper;

    public bool IsHealthy => keeper is { IsHealthy: true } && !journal.IsFull;

    /// <summary>Begins this process's part of the journal; what earlier ones left open will be closed as lost.</summary>
    /// <param name="newId">Of the journal, when there is none yet.</param>
    /// <returns>The journal's id.</returns>
    public Guid Begin(Guid newId)
    {
        journal.Begin(newId, CallRecords.EncodeStarted(time.GetUtcNow()));
        Log.JournalOpened(logger, journal.End.Segment, journal.Bytes);
        return journal.Id;
    }

    /// <summary>From now on records are taken, and brought to the database.</summary>
    public void Start()
    {
        keeper = new(journal, options.JournalSyncInterval, logger);
        shipper.Start();
        Appended(keeper);
    }

    public void Open(CallOpening opening)
    {
        var running = keeper ?? throw new LedgerUnavailableException("The ledger is not running.");
        var record = CallRecords.Encode(opening);
        try
        {
            journal.Append(record, opening: true);
        }
        catch (JournalFullException fault)
        {
            throw new LedgerUnavailableException(fault.Message, fault);
        }
        catch (Exception fault) when (glass.Until is not null)
        {
            running.Keep(record.ToArray(), fault); // somebody has taken it upon himself that a crash now loses what calls cost
            return;
        }
        catch (Exception fault)
        {
            running.Failed(fault);
            throw new LedgerUnavailableException("The ledger's journal cannot be written.", fault);
        }

        Appended(running);
    }

    public void Close(CallClosing closing)
    {
        if (keeper is not { } running)
        {
            return;
        }

        var record = CallRecords.Encode(closing);
        try
        {
            journal.Append(record, opening: false);
        }
        catch (Exception fault)
        {
            running.Keep(record.ToArray(), fault);
            return;
        }

        Appended(running);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (keeper is { } running)
        {
            await running.WrittenAsync(cancellationToken);
            await shipper.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Brings what is in the journal to the database if it can within the time, and ends. What remains is taken over at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The journal keeps it.
        }

        await shipper.StopAsync();
        Dispose();
    }

    public void Dispose()
    {
        keeper?.Dispose();
        keeper = null;
        journal.Dispose();
    }

    private void Appended(JournalKeeper running)
    {
        running.Appended();
        shipper.Appended();
    }
}
