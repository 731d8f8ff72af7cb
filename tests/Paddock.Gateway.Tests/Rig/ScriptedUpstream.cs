using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>A provider on a bare socket: it takes one request at a time per connection and writes exactly the bytes it was told, cut where it was told.</summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim asked = new(0);
    private readonly Task accepting;

    public ScriptedUpstream()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>What the next requests get, in order; the last one stays.</summary>
    public ConcurrentQueue<UpstreamScript> Scripts { get; } = new();

    public ConcurrentQueue<UpstreamRequestSeen> Seen { get; } = new();

    /// <summary>Completes with the next request that has come in.</summary>
    public Task AskedAsync(CancellationToken cancellationToken) => asked.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        asked.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over: cancelled, or stopped between two connections.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using (socket)
            {
                socket.NoDelay = true;
                while (await ReadRequestAsync(socket) is { } request)
                {
                    Seen.Enqueue(request);
                    asked.Release();
                    if (!await WriteAsync(socket, NextScript()))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The peer went away; what it saw is in Seen.
        }
    }

    private UpstreamScript NextScript() => Scripts.Count > 1 && Scripts.TryDequeue(out var next) ? next : Scripts.TryPeek(out var last) ? last : throw new InvalidOperationException("The test gave no script.");

    private async Task<UpstreamRequestSeen?> ReadRequestAsync(Socket socket)
    {
        var bytes = new List<byte>();
        var buffer = new byte[65536];
        var headEnd = -1;
        var length = 0;
        while (headEnd < 0 || bytes.Count < headEnd + length)
        {
            var read = await socket.ReceiveAsync(buffer, stop.Token);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
            if (headEnd < 0)
            {
                var at = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
                headEnd = at < 0 ? -1 : at + 4;
                length = headEnd < 0 ? 0 : ContentLength(Encoding.Latin1.GetString([.. bytes.Take(headEnd)]));
            }
        }

        var head = Encoding.Latin1.GetString([.. bytes.Take(headEnd)]).Split("\r\n");
        return new(head[0], [.. head.Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal))], [.. bytes.Skip(headEnd)]);
    }

    private static int ContentLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan(15));
    }

    private async Task<bool> WriteAsync(Socket socket, UpstreamScript script)
    {
        if (script.Until is { } gate)
        {
            await gate.WaitAsync(stop.Token);
        }

        for (var i = 0; i < script.Parts.Count; i++)
        {
            if (script.PauseBefore is var (index, task) && index == i)
            {
                await task.WaitAsync(stop.Token);
            }

            var part = script.Parts[i];
            await socket.SendAsync(part, stop.Token);
            if (script.YieldBetween)
            {
                await Task.Yield();
            }
        }

        if (script.Then is AfterScript.Hang)
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
        }

        if (script.Then is AfterScript.Reset)
        {
            socket.LingerState = new(enable: true, 0);
        }

        return script.Then is AfterScript.KeepAlive;
    }
}

public enum AfterScript
{
    KeepAlive,
    Close,
    Reset,
    Hang,
}

/// <param name="PauseBefore">The part that waits for a task.</param>
/// <param name="Parts">Raw bytes of the answer, head included, one write each.</param>
public sealed record UpstreamScript(IReadOnlyList<byte[]> Parts, AfterScript Then = AfterScript.KeepAlive, Task? Until = null, bool YieldBetween = true, (int Index, Task Task)? PauseBefore = null);

public sealed record UpstreamRequestSeen(string RequestLine, IReadOnlyList<string> Headers, byte[] Body)
{
    public string? Header(string name) => Headers.Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();
}
