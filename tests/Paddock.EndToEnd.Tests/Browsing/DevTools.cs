using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>The DevTools protocol over its websocket: commands with their answers, and what each tab tells.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    /// <summary>Longer than anything takes on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly ConcurrentDictionary<string, Action<string, JsonElement>> listeners = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim sending = new(1, 1);
    private Task reading = Task.CompletedTask;
    private int last;

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        tools.socket.Options.Proxy = null;
        await tools.socket.ConnectAsync(address, CancellationToken.None).WaitAsync(Patience);
        tools.reading = tools.ReadAsync();
        return tools;
    }

    /// <param name="listener">Gets names and parameters of events in their order; must not wait.</param>
    public void Listen(string session, Action<string, JsonElement> listener) => listeners[session] = listener;

    public void Forget(string session) => listeners.TryRemove(session, out _);

    /// <exception cref="InvalidOperationException">It was refused, or the browser is gone.</exception>
    public async Task<JsonElement> SendAsync(string method, object parameters, string? session = null)
    {
        var (id, answer) = (Interlocked.Increment(ref last), new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously));
        waiting[id] = answer;
        var command = JsonSerializer.SerializeToUtf8Bytes(session is null ? (object)new { id, method, @params = parameters } : new { id, method, @params = parameters, sessionId = session });
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(command, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }

        var said = await answer.Task.WaitAsync(Patience);
        return said.TryGetProperty("error", out var error) ? throw new InvalidOperationException($"{method}: {error}") : said.GetProperty("result");
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
        sending.Dispose();
    }

    private async Task ReadAsync()
    {
        using var message = new MemoryStream();
        var part = new byte[64 << 10];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                var received = await socket.ReceiveAsync(part, CancellationToken.None);
                await message.WriteAsync(part.AsMemory(0, received.Count));
                if (received.EndOfMessage)
                {
                    Take(JsonDocument.Parse(message.ToArray()).RootElement);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or JsonException)
        {
            // The browser is gone, or we are: whoever waits is told below.
        }

        foreach (var (_, one) in waiting)
        {
            one.TrySetException(new InvalidOperationException("The browser has ended."));
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            if (waiting.TryRemove(id.GetInt32(), out var answer))
            {
                answer.TrySetResult(message);
            }
        }
        else if (message.TryGetProperty("sessionId", out var session) && listeners.TryGetValue(session.GetString() ?? "", out var listener))
        {
            listener(message.GetProperty("method").GetString() ?? "", message.GetProperty("params"));
        }
    }
}
