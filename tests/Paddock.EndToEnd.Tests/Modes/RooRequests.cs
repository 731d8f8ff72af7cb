using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Paddock.EndToEnd.Tests.Modes;

/// <summary>Model calls as Roo Code's extension and command line were recorded to send them (3.52.1).</summary>
internal static class RooRequests
{
    public const string Task = "019a209e-6456-7bf1-bb1a-ec7c0feb806a";

    private static readonly string[] tools = ["read_file", "write_to_file", "execute_command", "attempt_completion"];

    /// <summary>A turn of a task.</summary>
    /// <param name="mode">As the client's <c>environment_details</c> say; null = it sends none, as when it condenses.</param>
    /// <param name="script">What the simulated model does.</param>
    public static HttpRequestMessage Turn(string token, string? mode, string? script = null, string model = "small")
    {
        var request = Request(token, new
        {
            model,
            temperature = 0,
            messages = new object[]
            {
                new { role = "system", content = "You are Roo." },
                new { role = "user", content = new[] { new { type = "text", text = "<user_message>\nplan it\n</user_message>" }, new { type = "text", text = mode is null ? "Summarize the conversation." : Environment(mode) } } },
            },
            stream = true,
            stream_options = new { include_usage = true },
            tools = tools.Select(static name => new { type = "function", function = new { name, parameters = new { type = "object" } } }),
            tool_choice = "auto",
        });
        request.Headers.Add("X-Roo-App-Version", "3.52.1");
        request.Headers.Add("X-Roo-Task-ID", Task);
        request.Headers.Add("x-sim", script ?? "sim:text=done");
        return request;
    }

    /// <summary>The model calls this tool.</summary>
    public static string Calls(string tool, string arguments) => $"sim:tool={tool},args={Convert.ToBase64String(Encoding.UTF8.GetBytes(arguments))}";

    /// <summary>A prompt that is to be enhanced: one message, neither task nor mode, and no stream.</summary>
    public static HttpRequestMessage EnhancePrompt(string token) => Request(token, new { model = "small", messages = new[] { new { role = "user", content = "Generate an enhanced version of this prompt: fix it" } } });

    /// <summary>The names and arguments of the tool calls in a streamed answer.</summary>
    public static IReadOnlyList<(string Name, string Arguments)> CallsIn(string body)
    {
        var calls = new SortedDictionary<int, (string Name, string Arguments)>();
        foreach (var line in body.Split('\n').Where(static line => line.StartsWith("data: {", StringComparison.Ordinal)))
        {
            foreach (var choice in JsonElement.Parse(line[6..]).GetProperty("choices").EnumerateArray())
            {
                foreach (var call in choice.GetProperty("delta").TryGetProperty("tool_calls", out var some) ? some.EnumerateArray().ToArray() : [])
                {
                    var (index, function) = (call.GetProperty("index").GetInt32(), call.GetProperty("function"));
                    var (name, arguments) = calls.GetValueOrDefault(index, ("", ""));
                    calls[index] = (name + Text(function, "name"), arguments + Text(function, "arguments"));
                }
            }
        }

        return [.. calls.Values];
    }

    private static string Text(JsonElement function, string name) => function.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static HttpRequestMessage Request(string token, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/roo/proxy/v1/chat/completions") { Content = new StringContent(JsonSerializer.Serialize(body), new MediaTypeHeaderValue("application/json")) };
        foreach (var (name, value) in new[] { ("Authorization", "Bearer " + token), ("HTTP-Referer", "https://github.com/RooVetGit/Roo-Cline"), ("X-Title", "Roo Code"), ("User-Agent", "RooCode/3.52.1"), ("x-stainless-retry-count", "0") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string Environment(string mode) => $"<environment_details>\n# VSCode Open Tabs\na.ts\n\n# Current Cost\n$0.00\n\n# Current Mode\n<slug>{mode}</slug>\n<name>x</name>\n<model>m</model>\n\n</environment_details>";
}
