using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Paddock.Benchmarks.Tasks;

/// <summary>What Claude Code tells over OTLP, as JSON, in batches of one request each.</summary>
internal static class Telling
{
    /// <summary>A prompt, and three times a model call and the tool that it called.</summary>
    public const int EventsOfTurn = 7;

    private static readonly string[] models = ["claude-opus-4-6", "claude-sonnet-5", "claude-haiku-4-5"];
    private static readonly string[] tools = ["Bash", "Edit", "Read", "Grep", "Write"];

    /// <summary>Keys of that many new people in eight teams: of one person the server takes 5,000 events at once, and then 50 a second.</summary>
    public static async Task<string[]> PeopleAsync(HttpClient http, string admin, int count)
    {
        var keys = new string[count];
        for (var one = 0; one < count; one++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/control/v1/keys")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", admin) },
                Content = new StringContent($$"""{"name":"bench","user":"person{{one}}","teams":["team{{one % 8}}"]}""", Encoding.UTF8, "application/json"),
            };
            using var answer = (await http.SendAsync(request)).EnsureSuccessStatusCode();
            using var made = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            keys[one] = made.RootElement.GetProperty("token").GetString()!; // a string, shown this once
        }

        return keys;
    }

    /// <summary>Sends records; returns when they are kept.</summary>
    public static async Task SendAsync(HttpClient http, string key, IEnumerable<string> records)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/otlp/v1/logs")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = new StringContent($$$"""{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}},{"key":"service.version","value":{"stringValue":"2.1.197"}}]},"scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},"logRecords":[{{{string.Join(',', records)}}}]}]}]}""", Encoding.UTF8, "application/json"),
        };
        using var answer = (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    /// <summary>The records of one turn of a session.</summary>
    /// <param name="number">Which of the session.</param>
    public static IEnumerable<string> Turn(string session, int number, DateTimeOffset at)
    {
        yield return Prompt(session, number, at);
        for (var step = 1; step < EventsOfTurn / 2 + 1; step++)
        {
            yield return Call(session, (number * 10) + step, at.AddSeconds(step));
            yield return Result(session, (number * 10) + step, at.AddSeconds(step + 0.5));
        }
    }

    public static string Prompt(string session, int number, DateTimeOffset at) =>
        Record("user_prompt", session, at, $"{Whole("prompt_length", 240)},{Whole("event.sequence", number)}");

    public static string Call(string session, int number, DateTimeOffset at) =>
        Record("api_request", session, at, $"{Text("model", models[number % models.Length])},{Text("cost_usd", "0.0123")},{Whole("input_tokens", 12)},{Whole("output_tokens", 310)},{Whole("cache_read_tokens", 41000)},{Whole("cache_creation_tokens", 900)},{Whole("duration_ms", 5300)},{Text("query_source", "repl_main_thread")},{Whole("event.sequence", number)}");

    public static string Result(string session, int number, DateTimeOffset at) =>
        Record("tool_result", session, at, $"{Text("tool_name", tools[number % tools.Length])},{Text("tool_use_id", string.Create(CultureInfo.InvariantCulture, $"toolu_{number}"))},{Text("success", number % 9 == 0 ? "false" : "true")},{Whole("duration_ms", 83)},{Text("decision_type", "accept")},{Text("decision_source", "config")},{Whole("tool_result_size_bytes", 1800)},{Whole("event.sequence", number)}");

    /// <summary>Results of tools that are in the installation's metrics of 30 days.</summary>
    /// <param name="key">The administrator's.</param>
    public static async Task<long> CountedAsync(HttpClient http, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/control/v1/metrics?window=30d") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        using var answer = (await http.SendAsync(request)).EnsureSuccessStatusCode();
        using var metrics = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return metrics.RootElement.GetProperty("total").TryGetProperty("metrics", out var five) && five.ValueKind is JsonValueKind.Object ? five.GetProperty("errors").GetProperty("n").GetInt64() : 0;
    }

    private static string Record(string name, string session, DateTimeOffset at, string attributes) =>
        $$"""{"timeUnixNano":"{{at.ToUnixTimeMilliseconds()}}000000","body":{"stringValue":"claude_code.{{name}}"},"attributes":[{{Text("event.name", name)}},{{Text("session.id", session)}},{{Text("user.id", "0a1b2c3d4e5f")}},{{Text("terminal.type", "vscode")}},{{attributes}}]}""";

    private static string Text(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";

    private static string Whole(string key, int value) => $$$"""{"key":"{{{key}}}","value":{"intValue":"{{{value}}}"}}""";
}
