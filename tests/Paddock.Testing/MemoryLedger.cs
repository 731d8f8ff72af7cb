using System.Collections.Concurrent;
using Paddock.Core.Ledger;

namespace Paddock.Testing;

/// <summary>A ledger in memory, in the order of events, for tests that look at what was recorded.</summary>
public sealed class MemoryLedger : ILedger, IDisposable
{
    private readonly ConcurrentDictionary<CallId, CallOpening> open = new();
    private readonly ConcurrentQueue<CallRow> closed = new();
    private readonly SemaphoreSlim arrived = new(0);
    private int taken;

    /// <summary>When set, opening throws as a full disk would.</summary>
    public bool Unavailable { get; set; }

    public bool IsHealthy => !Unavailable;

    public IReadOnlyCollection<CallOpening> OpenCalls => [.. open.Values];

    public IReadOnlyList<CallRow> Closed => [.. closed];

    public void Open(CallOpening opening)
    {
        if (Unavailable)
        {
            throw new LedgerUnavailableException("The test's ledger is unavailable.");
        }

        if (!open.TryAdd(opening.Id, opening))
        {
            throw new InvalidOperationException("A call was opened twice.");
        }
    }

    public void Close(CallClosing closing)
    {
        if (!open.TryRemove(closing.Id, out var opening))
        {
            throw new InvalidOperationException("A call was closed that was not open.");
        }

        closed.Enqueue(new(opening, closing));
        arrived.Release();
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The next row that closes, in order. Rows close after the client has its last byte.</summary>
    public async Task<CallRow> NextAsync(CancellationToken cancellationToken)
    {
        await arrived.WaitAsync(cancellationToken);
        return closed.Skip(taken++).First();
    }

    public void Dispose() => arrived.Dispose();
}
