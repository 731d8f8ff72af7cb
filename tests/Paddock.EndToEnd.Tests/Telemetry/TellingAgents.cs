using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Paddock.EndToEnd.Tests.Hosting;

namespace Paddock.EndToEnd.Tests.Telemetry;

/// <summary>One person's agents that tell of their tool calls, batch by batch: what was not answered with 2xx is sent again, as exporters do, until it is.</summary>
internal sealed class TellingAgents(string key, string person, Func<string> url)
{
    public const int Sessions = 8, BatchesOfSession = 5, EventsOfBatch = 100;

    /// <summary>All events of one person.</summary>
    public const int Events = Sessions * BatchesOfSession * EventsOfBatch;

    private static readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };

    private int taken;

    /// <summary>Batches that were answered with 2xx.</summary>
    public int Taken => Volatile.Read(ref taken);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < Sessions * BatchesOfSession; batch++)
        {
            var (session, place) = (batch % Sessions, batch / Sessions);
            await Eventually.IsAsync(() => TrySendAsync(Body(session, place), cancellationToken), () => $"A batch of {person} was not taken.", cancellationToken, within: TimeSpan.FromMinutes(2));
            Interlocked.Increment(ref taken);
        }
    }

    private async Task<bool> TrySendAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url() + "/otlp/v1/logs") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) }, Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false; // it was killed, or is not back yet
        }
    }

    private string Body(int session, int place)
    {
        var records = Enumerable.Range(place * EventsOfBatch, EventsOfBatch).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""
            {"timeUnixNano":"{{DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 3600 * 3600}}000000000","body":{"stringValue":"claude_code.tool_result"},"attributes":[
              {"key":"event.name","value":{"stringValue":"tool_result"} },{"key":"session.id","value":{"stringValue":"{{person}}-{{session}}"} },
              {"key":"tool_name","value":{"stringValue":"Bash"} },{"key":"tool_use_id","value":{"stringValue":"t{{number}}"} },{"key":"success","value":{"stringValue":"{{(number % 10 == 0 ? "false" : "true")}}"} } ]}
            """));
        return $$"""{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"} }]},"scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[{{string.Join(',', records)}}]}]}]}""";
    }
}
