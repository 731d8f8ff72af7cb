using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Simulator.Chat;
using Paddock.Simulator.Messages;
using Paddock.Simulator.Responses;
using Paddock.Simulator.Scripts;
using Paddock.Simulator.Truth;

namespace Paddock.Simulator;

/// <summary>
/// A model provider that can be told to fail, on a loopback port: OpenAI's two wires and Anthropic's, below <c>/v1</c>. Without a script
/// it behaves as a model behind a coding agent does: its shell calls one after the other, then a final answer. The same request gets the same bytes.
/// </summary>
public sealed class SimulatedProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly SimulatorOptions options;
    private readonly AnswerSender sender;
    private readonly FailureCounts failures = new();
    private int room;

    private SimulatedProvider(WebApplication app, SimulatorOptions options) =>
        (this.app, this.options, sender) = (app, options, new(options.Time));

    /// <summary>Address without <c>/v1</c>.</summary>
    public Uri BaseUrl => new(app.Urls.First());

    public TruthLedger Truth { get; } = new();

    /// <summary>May be changed at any time; calls that run end as they began.</summary>
    public SimulatedTrouble Trouble { get; set; }

    /// <summary>With <see cref="SimulatedTrouble.Limited"/>: calls that it still takes; set anew by whoever says when a new stretch of time begins.</summary>
    public int Room
    {
        get => Volatile.Read(ref room);
        set => Volatile.Write(ref room, value);
    }

    public static async Task<SimulatedProvider> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var provider = new SimulatedProvider(builder.Build(), options);
        provider.Map();
        await provider.app.StartAsync(cancellationToken);
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.MapPost("/v1/chat/completions", http => AnswerAsync(http, new ChatWire()));
        app.MapPost("/v1/responses", http => AnswerAsync(http, new ResponsesWire()));
        app.MapPost("/v1/messages", http => AnswerAsync(http, new MessagesWire()));
        app.MapPost("/v1/messages/count_tokens", CountAsync);
        app.MapGet("/v1/responses", http =>
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return Task.CompletedTask;
        });
        app.MapGet("/v1/models", http => http.Response.WriteAsync("""{"object":"list","data":[{"id":"paddock-fake","object":"model","created":0,"owned_by":"simulator"}]}""", http.RequestAborted));
        app.MapGet("/sim/truth", http => http.Response.WriteAsJsonAsync(Truth.Newest(int.TryParse(http.Request.Query["limit"], out var limit) ? limit : 100), http.RequestAborted));
        app.MapPost("/sim/trouble/{name}", (HttpContext http, string name) => TroubleAsync(http, name));
        app.MapDelete("/sim/truth", http =>
        {
            Truth.Clear();
            return Task.CompletedTask;
        });
    }

    private async Task AnswerAsync(HttpContext http, SimulatedWire wire)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (Parse(buffer.ToArray()) is not { } request)
        {
            await sender.FailAsync(http, wire, 400, "The body is no JSON object.", ScriptedAnswer.None);
            return;
        }

        var model = (string?)request["model"] ?? "";
        if (!ScriptedAnswer.TryParse(http.Request.Headers["x-sim"].ToString() is { Length: > 0 } header ? header : model, out var script, out var fault))
        {
            await sender.FailAsync(http, wire, 400, fault, ScriptedAnswer.None);
            return;
        }

        script = Troubled(script);
        var turn = TurnPlanner.Plan(request, wire, script, [options.Command, .. options.Then], buffer.Length);
        var entry = Truth.Open(wire.Name, model, turn, options.KeepBodies ? http.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase) : null, options.KeepBodies ? buffer.ToArray() : null);
        await sender.SendAsync(http, wire, turn, script, failures.ShouldFail(script), entry);
    }

    private Task TroubleAsync(HttpContext http, string name)
    {
        var known = Enum.TryParse<SimulatedTrouble>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var trouble) && !char.IsAsciiDigit(name[0]);
        Trouble = known ? trouble : Trouble;
        http.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        return http.Response.WriteAsync(known ? $"{trouble}\n" : "There is none, unavailable, credential_refused, unreadable and limited.\n", http.RequestAborted);
    }

    private ScriptedAnswer Troubled(ScriptedAnswer script) => Trouble switch
    {
        SimulatedTrouble.Unavailable => script with { Status = 503, Fail = 0, Percent = 0 },
        SimulatedTrouble.CredentialRefused => script with { Status = 401, Fail = 0, Percent = 0 },
        SimulatedTrouble.Unreadable => script with { Garbage = "first" },
        SimulatedTrouble.Limited when Interlocked.Decrement(ref room) < 0 => script with { Status = 429, Fail = 0, Percent = 0 },
        _ => script,
    };

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task CountAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        await http.Response.WriteAsJsonAsync(new { input_tokens = (buffer.Length + 3) / 4 }, http.RequestAborted);
    }
}
