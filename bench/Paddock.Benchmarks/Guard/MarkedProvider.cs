using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Paddock.Benchmarks.Guard;

/// <summary>
/// A provider of chat completions on bare sockets. The model's name says what it streams: <c>burst</c>, <c>paced</c>, or <c>calls-</c> with a tool's name. Each event has a
/// mark, and the time at which it was handed to the system is kept under it.
/// </summary>
internal sealed class MarkedProvider : IDisposable
{
    public const int Texts = 200;
    public const int BurstTexts = 2_000;

    private static readonly TimeSpan pace = TimeSpan.FromMilliseconds(3);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public MarkedProvider()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>When each event of the last paced answer was written, by its mark.</summary>
    public ConcurrentDictionary<string, long> Written { get; private set; } = [];

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        using var owned = socket;
        try
        {
            while (await ReadRequestAsync(socket) is { } request)
            {
                await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
                await (request.Contains("\"burst\"", StringComparison.Ordinal) ? SendBurstAsync(socket) : request.Contains("\"calls-", StringComparison.Ordinal) ? SendCallAsync(socket, request) : SendPacedAsync(socket));
                await socket.SendAsync("0\r\n\r\n"u8.ToArray());
            }
        }
        catch (SocketException)
        {
            // The peer went away.
        }
    }

    private async Task SendPacedAsync(Socket socket)
    {
        var written = Written = [];
        foreach (var (mark, data) in Paced())
        {
            var due = Stopwatch.GetTimestamp() + (long)(pace.TotalSeconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1); // coarse; the pace only keeps events apart
            }

            written[mark] = Stopwatch.GetTimestamp();
            await socket.SendAsync(Chunk($"data: {data}\n\n"));
        }
    }

    private static async Task SendBurstAsync(Socket socket)
    {
        var events = new StringBuilder();
        for (var i = 0; i < BurstTexts; i++)
        {
            events.Append("data: ").Append(Delta($"\"content\":\" word{i:d5} of an answer\"")).Append("\n\n");
        }

        await socket.SendAsync(Chunk(events + End()));
    }

    /// <summary>A short answer that ends with one call of a tool.</summary>
    private static async Task SendCallAsync(Socket socket, string request)
    {
        var at = request.IndexOf("\"calls-", StringComparison.Ordinal) + 7;
        var tool = request[at..request.IndexOf('"', at)];
        var events = new StringBuilder();
        for (var i = 0; i < 20; i++)
        {
            events.Append("data: ").Append(Delta($"\"content\":\" word{i:d5} of an answer\"")).Append("\n\n");
        }

        events.Append("data: ").Append(Call(0, $"\"id\":\"call_1\",\"type\":\"function\",\"function\":{{\"name\":\"{tool}\",\"arguments\":\"\"}}")).Append("\n\n");
        events.Append("data: ").Append(Call(0, "\"function\":{\"arguments\":\"{\\\"filePath\\\":\\\"src/Payments/Invoice.cs\\\",\\\"content\\\":\\\"a line of code\\\"}\"}")).Append("\n\n");
        await socket.SendAsync(Chunk(events.Append(End()).ToString()));
    }

    private static IEnumerable<(string Mark, string Data)> Paced()
    {
        for (var i = 0; i < Texts; i++)
        {
            yield return ($"text{i:d4}", Delta($"\"content\":\" text{i:d4} and some words\""));
        }

        foreach (var (index, tool, first) in ((int, string, string)[])[(0, "todowrite", "{\\\"todos\\\":\\\""), (1, "write", "{\\\"filePath\\\":\\\"src/a.cs\\\",\\\"content\\\":\\\"")])
        {
            yield return ($"begin{index}", Call(index, $"\"id\":\"call{index}\",\"type\":\"function\",\"function\":{{\"name\":\"{tool}\",\"arguments\":\"\"}}"));
            yield return ($"args{index}x0000", Call(index, $"\"function\":{{\"arguments\":\"{first}args{index}x0000\"}}"));
            for (var i = 1; i < 50; i++)
            {
                yield return ($"args{index}x{i:d4}", Call(index, $"\"function\":{{\"arguments\":\" args{index}x{i:d4} more\"}}"));
            }

            yield return ($"last{index}", Call(index, "\"function\":{\"arguments\":\"\\\"}\"}"));
        }

        yield return ("finish", "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        yield return ("usage", "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":200}}");
        yield return ("done", "[DONE]");
    }

    private static string End() => "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":200}}\n\ndata: [DONE]\n\n";

    private static string Delta(string members) => $"{{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{{members}}},\"finish_reason\":null}}]}}";

    private static string Call(int index, string members) => Delta($"\"tool_calls\":[{{\"index\":{index},{members}}}]");

    private static byte[] Chunk(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];
    }

    private static async Task<string?> ReadRequestAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var all = text.ToString();
            var head = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = head < 0 ? -1 : all.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase);
            if (length >= 0 && all.Length >= head + 4 + int.Parse(all.AsSpan(length + 15, all.IndexOf('\r', length) - length - 15).Trim()))
            {
                return all;
            }
        }
    }
}
