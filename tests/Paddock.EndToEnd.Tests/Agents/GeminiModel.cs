using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>A model behind Gemini CLI, on a wire that Paddock's simulator does not speak: it has the shell run some commands, one after the other.</summary>
internal sealed class GeminiModel : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> asked = new();
    private readonly string[] commands;
    private readonly WebApplication app;

    private GeminiModel(WebApplication app, string[] commands) => (this.app, this.commands) = (app, commands);

    public string Url => app.Urls.First();

    /// <summary>The bodies of its requests.</summary>
    public string[] Asked => [.. asked];

    public static async Task<GeminiModel> StartAsync(params string[] commands)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var model = new GeminiModel(builder.Build(), commands);
        model.app.MapPost("/v1beta/models/{call}", model.AnswerAsync);
        await model.app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        asked.Enqueue(body);
        var done = JsonNode.Parse(body)!["contents"]!.AsArray().Sum(static turn => turn!["parts"]!.AsArray().Count(static part => part!["functionResponse"] is not null)); // as its wire has it
        JsonNode part = done < commands.Length
            ? new JsonObject { ["functionCall"] = new JsonObject { ["name"] = "run_shell_command", ["args"] = new JsonObject { ["command"] = commands[done], ["description"] = "The next step" } } }
            : new JsonObject { ["text"] = "All done." };
        var answer = new JsonObject
        {
            ["candidates"] = new JsonArray(new JsonObject { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(part) }, ["finishReason"] = "STOP", ["index"] = 0 }),
            ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 10, ["candidatesTokenCount"] = 5, ["totalTokenCount"] = 15 },
        };
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync($"data: {answer.ToJsonString()}\n\n", http.RequestAborted);
    }
}
