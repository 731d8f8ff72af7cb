using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Paddock.Simulator.Developers;

/// <summary>How a simulated team works.</summary>
public sealed record TeamOptions
{
    /// <summary>Base address that ends in <c>/v1</c>.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>API key presented as bearer.</summary>
    public required string Key { get; init; }

    public int Developers { get; init; } = 3;

    /// <summary>Tasks per developer; 0 = until cancelled.</summary>
    public int TasksEach { get; init; }

    /// <summary>Pause before each turn.</summary>
    public TimeSpan Think { get; init; } = TimeSpan.FromSeconds(2);

    public string Model { get; init; } = "paddock-fake";

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What a team did.</summary>
public sealed record TeamSummary(int Tasks, int Turns, int ToolCalls, int Refused, int Failed)
{
    public static TeamSummary operator +(TeamSummary a, TeamSummary b) =>
        new(a.Tasks + b.Tasks, a.Turns + b.Turns, a.ToolCalls + b.ToolCalls, a.Refused + b.Refused, a.Failed + b.Failed);
}

/// <summary>Developers whose agents loop as real ones do: ask with the whole history, run the tool (only in pretence), tell its result, until there is a final answer.</summary>
public static class SimulatedTeam
{
    private const int MaxTurns = 12;

    public static async Task<TeamSummary> RunAsync(TeamOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new("Bearer", options.Key);
        var developers = Enumerable.Range(1, options.Developers).Select(number => WorkAsync(http, options, number, cancellationToken));
        return (await Task.WhenAll(developers)).Aggregate(static (a, b) => a + b);
    }

    private static async Task<TeamSummary> WorkAsync(HttpClient http, TeamOptions options, int developer, CancellationToken cancellationToken)
    {
        var done = new TeamSummary(0, 0, 0, 0, 0);
        try
        {
            for (var task = 1; options.TasksEach == 0 || task <= options.TasksEach; task++)
            {
                done += await DoTaskAsync(http, options, $"dev{developer}-task{task}", cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The day is over; what was done counts.
        }

        return done;
    }

    private static async Task<TeamSummary> DoTaskAsync(HttpClient http, TeamOptions options, string task, CancellationToken cancellationToken)
    {
        var messages = new JsonArray(Message("system", "You are a coding agent."), Message("user", $"Please work on {task}."));
        var (turns, calls) = (0, 0);
        while (turns < MaxTurns)
        {
            await Task.Delay(options.Think, options.Time, cancellationToken);
            using var answer = await AskAsync(http, options, task, messages, cancellationToken);
            turns++;
            if (!answer.IsSuccessStatusCode)
            {
                var refused = (int)answer.StatusCode is >= 400 and < 500;
                return new(1, turns, calls, refused ? 1 : 0, refused ? 0 : 1);
            }

            var message = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))?["choices"]?[0]?["message"] as JsonObject;
            if (message?["tool_calls"] is not JsonArray { Count: > 0 } wanted)
            {
                return new(1, turns, calls, 0, message is null ? 1 : 0);
            }

            messages.Add(message.DeepClone());
            foreach (var call in wanted.OfType<JsonObject>())
            {
                calls++;
                messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = (string?)call["id"], ["content"] = "Exit code: 0\nOutput:\npaddock-was-here" });
            }
        }

        return new(1, turns, calls, 0, 1);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, TeamOptions options, string task, JsonArray messages, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["model"] = options.Model, ["messages"] = messages.DeepClone(), ["tools"] = new JsonArray(ShellTool()) };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseUrl.AbsoluteUri.TrimEnd('/') + "/chat/completions"))
        {
            Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("X-Paddock-Agent", "simulated-developer");
        request.Headers.TryAddWithoutValidation("X-Paddock-Task", task);
        return http.SendAsync(request, cancellationToken);
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text };

    private static JsonObject ShellTool() => (JsonObject)JsonNode.Parse("""
        {"type":"function","function":{"name":"bash","description":"Run a command.","parameters":{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]}}}
        """)!; // a constant
}
