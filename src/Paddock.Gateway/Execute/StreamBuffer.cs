using System.Buffers;
using Paddock.Gateway.Receive;

namespace Paddock.Gateway.Execute;

/// <summary>
/// A pooled, growing window over a stream: bytes before <see cref="Sent"/> are with the client, those up to <see cref="Parsed"/> are whole
/// events that were looked at, the rest has just been read.
/// </summary>
internal sealed class StreamBuffer : IDisposable
{
    private const int FirstSize = 8 << 10;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    private Task? filling;
    private int end;

    public int Sent { get; private set; }

    public int Parsed { get; private set; }

    /// <summary>Bytes that are not parsed yet.</summary>
    public ReadOnlySpan<byte> Unparsed => bytes.AsSpan(Parsed, end - Parsed);

    /// <summary>Whole events that are not sent yet.</summary>
    public ReadOnlySpan<byte> Unsent => bytes.AsSpan(Sent, Parsed - Sent);

    public int Held => end - Sent;

    /// <summary>Room for the next read.</summary>
    public Memory<byte> Room => bytes.AsMemory(end);

    /// <summary>Compacts, or grows by bytes counted with the call's, when there is too little room for the next read.</summary>
    /// <returns>False when a limit is reached: what is held has to go.</returns>
    public bool TryMakeRoom(ReceivedBody counted)
    {
        if (bytes.Length - end >= 1024)
        {
            return true;
        }

        var kept = bytes.AsSpan(Sent, end - Sent);
        if (kept.Length > bytes.Length / 2)
        {
            if (!counted.TryHold(bytes.Length))
            {
                return false;
            }

            var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        else
        {
            kept.CopyTo(bytes);
        }

        (Parsed, end) = (Parsed - Sent, end - Sent);
        Sent = 0;
        return true;
    }

    public void Filled(int count) => end += count;

    public void MarkParsed(int count) => Parsed += count;

    public void MarkSent() => Sent = Parsed;

    /// <summary>Takes what is left for sent and parsed, when the stream ends or an event is too long to wait for.</summary>
    public ReadOnlySpan<byte> TakeAll()
    {
        var rest = bytes.AsSpan(Sent, end - Sent);
        Sent = Parsed = end;
        return rest;
    }

    /// <summary>Starts from the front again when everything was sent.</summary>
    public void Compact()
    {
        if (Sent == end)
        {
            Sent = Parsed = end = 0;
        }
    }

    /// <summary>Remembers a read into <see cref="Room"/> that may be left behind: such memory must not become another call's while bytes may still come.</summary>
    public void Fill(Task read) => filling = read;

    public void Dispose()
    {
        if (filling is null or { IsCompleted: true })
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = [];
    }
}
