using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Core.Models;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>A provider on the two OpenAI wires that asks for one shell call, then answers; it keeps what it told each caller about tokens.</summary>
internal sealed class ShellThenAnswerProvider : IAsyncDisposable
{
    private const string Command = "echo proven > paddock-proof.txt";

    private readonly WebApplication app;
    private int calls;

    private ShellThenAnswerProvider(WebApplication app) => this.app = app;

    public string BaseUrl => app.Urls.First() + "/v1";

    public ConcurrentBag<TokenUsage> Truth { get; } = [];

    public static async Task<ShellThenAnswerProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var provider = new ShellThenAnswerProvider(builder.Build());
        provider.app.MapPost("/v1/chat/completions", provider.ChatAsync);
        provider.app.MapPost("/v1/responses", provider.ResponsesAsync);
        provider.app.MapGet("/v1/models", () => Results.Text("""{"object":"list","data":[{"id":"paddock-sim","object":"model"}]}""", "application/json"));
        await provider.app.StartAsync(cancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ChatAsync(HttpContext http)
    {
        var request = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
        var usage = NextUsage();
        var shell = request["messages"]!.AsArray().Any(m => (string?)m!["role"] == "tool") ? null : ShellOf(request["tools"]?.AsArray().Select(t => t!["function"]!.AsObject()));
        object delta = shell is { } call
            ? new { role = "assistant", tool_calls = new[] { new { index = 0, id = "call_shell", type = "function", function = new { name = call.Name, arguments = call.Arguments } } } }
            : new { role = "assistant", content = "All done." };
        await WriteAsync(http, [
            Data(new { id = "c", @object = "chat.completion.chunk", model = "sim", choices = new[] { new { index = 0, delta, finish_reason = (string?)null } } }),
            Data(new { id = "c", @object = "chat.completion.chunk", model = "sim", choices = new[] { new { index = 0, delta = new { }, finish_reason = shell is null ? "stop" : "tool_calls" } } }),
            Data(new { id = "c", @object = "chat.completion.chunk", model = "sim", choices = Array.Empty<object>(), usage = new { prompt_tokens = usage.Input + usage.CacheRead, completion_tokens = usage.Output, total_tokens = usage.Total, prompt_tokens_details = new { cached_tokens = usage.CacheRead }, completion_tokens_details = new { reasoning_tokens = usage.Reasoning } } }),
            "data: [DONE]\n\n",
        ]);
    }

    private async Task ResponsesAsync(HttpContext http)
    {
        var request = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
        var usage = NextUsage();
        var shell = request["input"]!.AsArray().Any(m => (string?)m!["type"] == "function_call_output") ? null : ShellOf(request["tools"]?.AsArray().Select(t => t!.AsObject()));
        object item = shell is { } call
            ? new { type = "function_call", id = "fc_1", call_id = "call_shell", name = call.Name, arguments = call.Arguments, status = "completed" }
            : new { type = "message", id = "msg_1", role = "assistant", status = "completed", content = new[] { new { type = "output_text", text = "All done.", annotations = Array.Empty<object>() } } };
        var told = new { input_tokens = usage.Input + usage.CacheRead, input_tokens_details = new { cached_tokens = usage.CacheRead }, output_tokens = usage.Output, output_tokens_details = new { reasoning_tokens = usage.Reasoning }, total_tokens = usage.Total };
        await WriteAsync(http, [
            Named("response.created", new { type = "response.created", response = new { id = "r", status = "in_progress", model = "sim" } }),
            Named("response.output_item.done", new { type = "response.output_item.done", output_index = 0, item }),
            Named("response.completed", new { type = "response.completed", response = new { id = "r", status = "completed", model = "sim", output = new[] { item }, usage = told } }),
        ]);
    }

    private TokenUsage NextUsage()
    {
        var n = Interlocked.Increment(ref calls);
        var usage = new TokenUsage { Input = 1000 + n, CacheRead = 100 * n, Output = 50 + n, Reasoning = n };
        Truth.Add(usage);
        return usage;
    }

    /// <summary>The shell tool among those offered, and the arguments it takes.</summary>
    private static (string Name, string Arguments)? ShellOf(IEnumerable<JsonObject>? tools)
    {
        foreach (var name in (tools ?? []).Select(tool => (string?)tool["name"]))
        {
            object? arguments = name switch
            {
                "bash" => new { command = Command, description = "Write the proof file" },
                "exec_command" => new { cmd = Command },
                "run_commands" => new { commands = new[] { Command } },
                _ => null,
            };
            if (name is not null && arguments is not null)
            {
                return (name, JsonSerializer.Serialize(arguments));
            }
        }

        return null;
    }

    private static string Data(object json) => $"data: {JsonSerializer.Serialize(json)}\n\n";

    private static string Named(string name, object json) => $"event: {name}\n{Data(json)}";

    private static async Task WriteAsync(HttpContext http, IReadOnlyList<string> events)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var text in events)
        {
            await http.Response.WriteAsync(text, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
