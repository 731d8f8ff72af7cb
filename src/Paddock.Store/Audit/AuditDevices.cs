using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;

namespace Paddock.Store.Audit;

/// <summary>The two devices of the audit log. The database is the first; while it does not take entries, a file does. And a reserve, while somebody has broken the glass.</summary>
internal sealed class AuditDevices(IEntrySink database, EntrySpool spool, EntryReserve reserve, IBreakGlass glass, AuditMetrics metrics, TimeProvider time, ILogger<AuditDevices> logger)
{
    /// <summary>How long the database has for a batch before the second device takes it. Callers are held meanwhile.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    /// <summary>Entries that go from the spool to the database in one transaction.</summary>
    private const int AtOnce = 1000;

    /// <summary>Whether the database took the last that was offered to it.</summary>
    public bool IsDatabaseThere { get; private set; } = true;

    /// <summary>Entries wait in a file.</summary>
    public bool IsSpooling => spool.Bytes > 0 || reserve.HasEntries;

    /// <summary>Bytes that wait in the second device.</summary>
    public long SpooledBytes => spool.Bytes;

    /// <summary>Returns when the entries are durable on one of the devices.</summary>
    /// <exception cref="AuditUnavailableException">Neither takes them.</exception>
    public async Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (IsDatabaseThere && await TryDatabaseAsync(entries, cancellationToken))
        {
            metrics.Written("database", entries.Count);
            return;
        }

        try
        {
            spool.Append(entries);
            metrics.Written("spool", entries.Count);
        }
        catch (IOException fault) when (glass.Until is null)
        {
            throw new AuditUnavailableException($"{fault.Message} {fault.InnerException?.Message}".Trim(), fault);
        }
        catch (IOException)
        {
            WriteReserve(entries);
        }
    }

    /// <summary>Brings what the second device holds into the database.</summary>
    /// <returns>Whether the database takes entries.</returns>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        var (was, count) = (IsDatabaseThere, 0);
        IsDatabaseThere = true;
        foreach (var segment in spool.Cut())
        {
            var entries = Read(segment);
            foreach (var chunk in entries.Chunk(AtOnce))
            {
                if (!await TryDatabaseAsync(chunk, cancellationToken))
                {
                    return false;
                }
            }

            spool.Delete(segment);
            count += entries.Count;
        }

        if (IsDatabaseThere && reserve.HasEntries)
        {
            var entries = reserve.Read();
            if (!await TryDatabaseAsync(entries, cancellationToken))
            {
                return false;
            }

            reserve.Clear();
            count += entries.Count;
        }

        if (!was && (count > 0 || await TryDatabaseAsync([], cancellationToken)))
        {
            Log.DatabaseBack(logger, count);
        }

        return IsDatabaseThere;
    }

    private void WriteReserve(IReadOnlyList<AuditEntry> entries)
    {
        try
        {
            reserve.Append(entries);
            metrics.Written("reserve", entries.Count);
        }
        catch (IOException fault)
        {
            throw new AuditUnavailableException(fault.Message, fault);
        }
    }

    private List<AuditEntry> Read(long segment)
    {
        try
        {
            return spool.Read(segment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.SpoolUnread(logger, fault.Message);
            throw;
        }
    }

    private async Task<bool> TryDatabaseAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Whether what was given up is written after all does not matter: its ids are the same on the second device.
            await database.WriteAsync(entries, either.Token).WaitAsync(either.Token);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (IsDatabaseThere)
            {
                Log.DatabaseAway(logger, fault is OperationCanceledException ? $"no answer in {patience}" : fault.Message);
            }

            IsDatabaseThere = false;
            return false;
        }
    }
}
