using System.Threading.Channels;
using Paddock.Core.Audit;

namespace Paddock.Store.Audit;

/// <summary>Entries on their way to a device, in the order they were handed in.</summary>
internal sealed class EntryQueue
{
    /// <summary>The most that wait: at half a kilobyte each, some megabytes.</summary>
    private const int Room = 10_000;

    private readonly Channel<PendingEntry> waiting = Channel.CreateBounded<PendingEntry>(new BoundedChannelOptions(Room) { SingleReader = true });

    public int Count => waiting.Reader.Count;

    /// <returns>False when there is no room, or it has ended.</returns>
    public bool TryAdd(PendingEntry entry) => waiting.Writer.TryWrite(entry);

    /// <summary>Waits for room: whoever has to wait for the entry waits for this too.</summary>
    public ValueTask AddAsync(PendingEntry entry, CancellationToken cancellationToken) => waiting.Writer.WriteAsync(entry, cancellationToken);

    public void End() => waiting.Writer.TryComplete();

    /// <returns>False at the end.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => waiting.Reader.WaitToReadAsync(cancellationToken);

    public void Take(List<PendingEntry> batch, int most)
    {
        while (batch.Count < most && waiting.Reader.TryRead(out var entry))
        {
            batch.Add(entry);
        }
    }
}

/// <summary>An entry that was handed in.</summary>
/// <param name="Entry">Null for a look at the devices.</param>
/// <param name="Done">Null when nobody waits.</param>
internal readonly record struct PendingEntry(AuditEntry? Entry, TaskCompletionSource? Done);
