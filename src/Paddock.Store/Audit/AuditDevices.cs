using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;

namespace Paddock.Store.Audit;

/// <summary>
/// The two devices of the audit log, a database and a file. A database that others see is the first, and the file takes over while it is
/// away. On a database of this machine's own the file is the first: an append costs a fraction of a commit, and what has gathered goes over
/// in one (see <see cref="EntryShipper"/>). And a reserve, while somebody has broken the glass.
/// </summary>
internal sealed class AuditDevices(IEntrySink database, EntrySpool spool, EntryReserve reserve, IBreakGlass glass, AuditMetrics metrics, TimeProvider time, ILogger<AuditDevices> logger) : IDisposable
{
    /// <summary>How long the database has for a batch before a file takes it. Callers are held meanwhile.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    /// <summary>Entries that go from the spool to the database in one transaction.</summary>
    private const int AtOnce = 4000;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Whether the database took the last that was offered to it.</summary>
    public bool IsDatabaseThere { get; private set; } = true;

    /// <summary>Entries lie in a file and are not in the database yet.</summary>
    public bool IsSpooling => spool.Bytes > 0 || reserve.HasEntries;

    /// <summary>Bytes that wait in the file.</summary>
    public long SpooledBytes => spool.Bytes;

    /// <summary>When the oldest entry was made that the database does not have yet; null when it has all.</summary>
    public DateTimeOffset? Oldest => reserve.HasEntries ? SpoolFile.OldestOf(reserve.Read(), spool.Oldest) : spool.Oldest;

    /// <summary>Returns when the entries are durable on one of the devices.</summary>
    /// <exception cref="AuditUnavailableException">Neither takes them.</exception>
    public async Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (database.IsShared && await IsTakenAsync(entries, cancellationToken))
        {
            return;
        }

        if (TrySpool(entries) is not { } fault || (!database.IsShared && await IsTakenAsync(entries, cancellationToken)))
        {
            return;
        }

        if (glass.Until is null)
        {
            throw new AuditUnavailableException($"{fault.Message} {fault.InnerException?.Message}".Trim(), fault);
        }

        WriteReserve(entries);
    }

    /// <summary>Brings what lies in files into the database.</summary>
    /// <returns>Whether the database takes entries.</returns>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await BringOverAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> BringOverAsync(CancellationToken cancellationToken)
    {
        var (was, count) = (IsDatabaseThere, 0);
        if (!was && !await TryDatabaseAsync([], cancellationToken)) // before a file is ended: each round would leave one
        {
            return false;
        }

        foreach (var segment in spool.Cut())
        {
            if (TryRead(segment) is not { } entries)
            {
                continue; // it stays, and what lies in others need not wait for it
            }

            if (!await AreTakenAsync(entries, cancellationToken))
            {
                return false;
            }

            Free(segment);
            count += entries.Count;
        }

        var kept = reserve.HasEntries ? reserve.Read() : [];
        if (kept.Count > 0 && !await TryDatabaseAsync(kept, cancellationToken))
        {
            return false;
        }

        reserve.Clear(kept);
        count += kept.Count;
        if (!was)
        {
            IsDatabaseThere = true;
            Log.DatabaseBack(logger, count);
        }

        return true;
    }

    private async Task<bool> AreTakenAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var chunk in entries.Chunk(AtOnce))
        {
            if (!await TryDatabaseAsync(chunk, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> IsTakenAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (!IsDatabaseThere || !await TryDatabaseAsync(entries, cancellationToken))
        {
            return false;
        }

        metrics.Written("database", entries.Count);
        return true;
    }

    /// <returns>Why the file did not take them; null = it did.</returns>
    private IOException? TrySpool(IReadOnlyList<AuditEntry> entries)
    {
        try
        {
            spool.Append(entries);
            metrics.Written("spool", entries.Count);
            return null;
        }
        catch (IOException fault)
        {
            return fault;
        }
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

    private IReadOnlyList<AuditEntry>? TryRead(long segment)
    {
        try
        {
            return spool.Read(segment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.SpoolUnread(logger, fault.Message);
            return null;
        }
    }

    private void Free(long segment)
    {
        try
        {
            spool.Free(segment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Log.SpoolNotFreed(logger, fault.Message); // it is brought over again, and what lies in others need not wait for it
        }
    }

    private async Task<bool> TryDatabaseAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Whether what was given up is written after all does not matter: its ids are the same in the file.
            await database.WriteAsync(entries, either.Token).WaitAsync(either.Token);
            IsDatabaseThere |= entries.Count > 0;
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
