namespace Paddock.Core.Ledger;

/// <summary>
/// The record of calls. <see cref="Open"/> hands the row to the operating system before it returns, so that no kill of the
/// process loses it; only the fsync is grouped and not awaited (a power loss costs at most the last second).
/// </summary>
public interface ILedger
{
    /// <exception cref="LedgerUnavailableException">The row could not be written; the call must not be sent.</exception>
    void Open(CallOpening opening);

    /// <summary>Closes a call. Never throws; what cannot be written is kept and tried again, and shows in <see cref="IsHealthy"/>.</summary>
    void Close(CallClosing closing);

    /// <summary>False while rows cannot be written.</summary>
    bool IsHealthy { get; }

    /// <summary>Completes when everything handed in before is in the database, for tests, shutdown and readers that must see their own call.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}

/// <summary>The ledger cannot take a row now, for example because the disk is full.</summary>
public sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
