using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;

namespace Paddock.EndToEnd.Tests.Audit;

/// <summary>Agents that ask for shell calls as fast as they get them, each answer in a session of its own, and note which calls reached them whole.</summary>
internal sealed class BusyAgents(string url, string key, string name) : IAsyncDisposable
{
    private const string Body =
        """{"model":"m","stream":true,"messages":[{"role":"user","content":"go"}],"tools":[{"type":"function","function":{"name":"bash","parameters":{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]} } }]}""";

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private int sessions;

    /// <summary>Sessions whose call reached the agent with its end.</summary>
    public ConcurrentQueue<string> Released { get; } = new();

    /// <summary>Answers that said that nothing could be recorded.</summary>
    public int Refused => refused;

    private int refused;

    public void Start(int agents)
    {
        for (var i = 0; i < agents; i++)
        {
            running.Add(Task.Run(WorkAsync));
        }
    }

    /// <summary>Nobody asks any more.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        http.Dispose();
        stopping.Dispose();
    }

    /// <summary>Asks until it is stopped, or the server is gone.</summary>
    private async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                await AskAsync($"{name}-{Interlocked.Increment(ref sessions)}");
            }
        }
        catch (Exception ended) when (ended is HttpRequestException or IOException or OperationCanceledException)
        {
            // what did not come whole did not reach the agent
        }
    }

    public async Task<string> AskAsync(string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url + "/v1/chat/completions") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.UserAgent.ParseAdd("opencode/1.18.33");
        request.Headers.Add("x-session-affinity", session);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopping.Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stopping.Token));
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            text.AppendLine(line);
            if (line.Contains("\"tool_calls\"", StringComparison.Ordinal) && line.Contains("}\"", StringComparison.Ordinal) && !line.Contains("audit", StringComparison.Ordinal))
            {
                Released.Enqueue(session); // the brace that ends the arguments: from here on an agent could run it
            }
        }

        if (text.ToString().Contains("audit_unavailable", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref refused);
        }

        return text.ToString();
    }
}
