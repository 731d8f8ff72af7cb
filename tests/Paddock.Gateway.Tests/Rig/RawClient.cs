using System.Net.Sockets;
using System.Text;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>What came back on a bare socket.</summary>
/// <param name="Status">0 when the connection ended without an answer.</param>
/// <param name="Closed">Whether the server closed the connection.</param>
public sealed record RawAnswer(int Status, IReadOnlyList<string> Headers, string Body, bool Closed);

/// <summary>A client that sends exactly the bytes it is told, however wrong they are.</summary>
public sealed class RawClient : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawClient> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client.socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        return client;
    }

    public async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await socket.SendAsync(bytes.AsMemory(sent), cancellationToken);
            }
        }
        catch (SocketException)
        {
            // The server has answered and closed before it read everything; the answer is still to be read.
        }
    }

    /// <summary>Says that nothing more will come, and goes on listening.</summary>
    public void HalfClose() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection.</summary>
    public void Reset()
    {
        socket.LingerState = new(enable: true, 0);
        socket.Close();
    }

    /// <summary>Reads one answer, to its length or the connection's end.</summary>
    public async Task<RawAnswer> ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16_384];
        while (true)
        {
            var read = await ReceiveAsync(buffer, cancellationToken);
            bytes.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.UTF8.GetString([.. bytes]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && IsWhole(text, head)))
            {
                return Parse(text, head, read == 0);
            }
        }
    }

    /// <summary>One answer with a length, as its bytes are.</summary>
    public async Task<byte[]> ReadBytesAsync(CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16_384];
        while (true)
        {
            var read = await ReceiveAsync(buffer, cancellationToken);
            bytes.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.Latin1.GetString([.. bytes]);
            if (read == 0 || (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var head && IsWhole(text, head)))
            {
                return [.. bytes];
            }
        }
    }

    /// <summary>What comes next, whole or not.</summary>
    public async Task<string> ReadSomeAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16_384];
        return Encoding.UTF8.GetString(buffer, 0, await ReceiveAsync(buffer, cancellationToken));
    }

    /// <summary>Whether the server closes without sending anything more.</summary>
    public async Task<bool> IsClosedAsync(CancellationToken cancellationToken) => await ReceiveAsync(new byte[1], cancellationToken) == 0;

    public void Dispose() => socket.Dispose();

    private async Task<int> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException)
        {
            return 0; // reset: closed, only rudely
        }
    }

    private static bool IsWhole(string text, int head)
    {
        var length = text[..head].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return text.StartsWith("HTTP/1.1 1", StringComparison.Ordinal) || (length is not null ? Encoding.UTF8.GetByteCount(text.AsSpan(head + 4)) >= int.Parse(length.AsSpan(15)) : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
    }

    private static RawAnswer Parse(string text, int head, bool closed)
    {
        if (head < 0)
        {
            return new(0, [], text, closed);
        }

        var lines = text[..head].Split("\r\n");
        return new(int.Parse(lines[0].AsSpan(9, 3)), lines[1..], text[(head + 4)..], closed);
    }
}
