using System.Buffers;

namespace Paddock.Gateway.Receive;

/// <summary>A request body in pooled memory, counted by a lease. The bytes are those that go upstream.</summary>
internal sealed class ReceivedBody(byte[] buffer, int length, BufferLimits.BufferLease lease) : IDisposable
{
    private byte[]? buffer = buffer;
    private int lent;

    public int Length { get; } = length;

    public ReadOnlySpan<byte> Span => Buffer.AsSpan(0, Length);

    /// <summary>Counts bytes of the call's answer with those of its body, until the call ends.</summary>
    /// <returns>False when a limit is reached: do without them.</returns>
    public bool TryHold(long answerBytes) => lease.TryGrow(answerBytes);

    /// <summary>
    /// Says that a connection reads the bytes now; <see cref="TakeBack"/> says that it has done so. An answer may come, and the call end,
    /// before a request has left: such memory must not become another call's while it is still being sent.
    /// </summary>
    public ReadOnlyMemory<byte> Lend()
    {
        Interlocked.Increment(ref lent); // first: whoever disposes it in this moment sees the one or throws here
        return Buffer.AsMemory(0, Length);
    }

    public void TakeBack() => Interlocked.Decrement(ref lent);

    private byte[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(ReceivedBody));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is not { } rented)
        {
            return;
        }

        if (Volatile.Read(ref lent) == 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        lease.Dispose();
    }
}
