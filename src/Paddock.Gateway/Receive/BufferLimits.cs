using System.Collections.Concurrent;
using Paddock.Core.Identity;

namespace Paddock.Gateway.Receive;

/// <summary>Counts the body bytes held in memory, over all calls and per key, so that no one can fill it. Refuses at once, never waits.</summary>
internal sealed class BufferLimits(GatewayOptions options)
{
    private readonly ConcurrentDictionary<KeyId, StrongBox> perKey = new();
    private long total;

    public long Total => Interlocked.Read(ref total);

    /// <summary>Takes a share for the bytes; null when a limit is reached.</summary>
    public BufferLease? TryTake(KeyId key, long bytes)
    {
        var lease = new BufferLease(this, perKey.GetOrAdd(key, static _ => new()));
        return lease.TryGrow(bytes) ? lease : null;
    }

    private bool TryAdd(StrongBox mine, long bytes)
    {
        if (Interlocked.Add(ref total, bytes) > options.MaxBufferedBytes)
        {
            Interlocked.Add(ref total, -bytes);
            return false;
        }

        if (Interlocked.Add(ref mine.Bytes, bytes) > options.MaxBufferedBytesPerKey)
        {
            Remove(mine, bytes);
            return false;
        }

        return true;
    }

    private void Remove(StrongBox mine, long bytes)
    {
        Interlocked.Add(ref mine.Bytes, -bytes);
        Interlocked.Add(ref total, -bytes);
    }

    /// <summary>The bytes one call holds. Disposed once, by the call that took it.</summary>
    internal sealed class BufferLease(BufferLimits limits, StrongBox mine) : IDisposable
    {
        private long held;

        public bool TryGrow(long bytes)
        {
            if (!limits.TryAdd(mine, bytes))
            {
                return false;
            }

            held += bytes;
            return true;
        }

        public void Dispose()
        {
            limits.Remove(mine, held);
            held = 0;
        }
    }

    internal sealed class StrongBox
    {
        public long Bytes;
    }
}
