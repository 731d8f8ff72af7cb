using System.Buffers;

namespace Paddock.Gateway.Receive;

/// <summary>A request body in pooled memory, counted by a lease. The bytes are those that go upstream.</summary>
internal sealed class ReceivedBody(byte[] buffer, int length, BufferLimits.BufferLease lease) : IDisposable
{
    private byte[]? buffer = buffer;

    public int Length { get; } = length;

    public ReadOnlySpan<byte> Span => Buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => Buffer.AsMemory(0, Length);

    /// <summary>Counts bytes of the call's answer with those of its body, until the call ends.</summary>
    /// <returns>False when a limit is reached: do without them.</returns>
    public bool TryHold(long answerBytes) => lease.TryGrow(answerBytes);

    private byte[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(ReceivedBody));

    public void Dispose()
    {
        if (buffer is { } rented)
        {
            buffer = null;
            ArrayPool<byte>.Shared.Return(rented);
            lease.Dispose();
        }
    }
}
