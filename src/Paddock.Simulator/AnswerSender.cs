using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Paddock.Simulator.Scripts;
using Paddock.Simulator.Truth;

namespace Paddock.Simulator;

/// <summary>Puts a turn on the wire as the script says: late, slow, cut, compressed, broken.</summary>
internal sealed class AnswerSender(TimeProvider time)
{
    public async Task SendAsync(HttpContext http, SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script, bool fails, TruthEntry entry)
    {
        try
        {
            await WaitAsync(script.Latency, http.RequestAborted);
            if (script.Cut == "before")
            {
                entry.Outcome = "broken";
                http.Features.Get<IConnectionLifetimeFeature>()?.Abort();
                return;
            }

            RateLimits.Tell(http.Response, wire, script, time);
            if (fails)
            {
                entry.Outcome = "error";
                await FailAsync(http, wire, script.Status, "The simulator was told to fail.", script);
                return;
            }

            await (turn.Stream ? StreamAsync(http, wire, turn, script, entry) : PlainAsync(http, wire, turn, script, entry));
        }
        catch (OperationCanceledException)
        {
            entry.Outcome = "client_aborted";
        }
    }

    public Task FailAsync(HttpContext http, SimulatedWire wire, int status, string message, ScriptedAnswer script)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers["x-request-id"] = "req_simulated";
        RateLimits.TellRetry(response, script, time);
        return response.WriteAsync(wire.Error(status, message).ToJsonString(), http.RequestAborted);
    }

    private async Task PlainAsync(HttpContext http, SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script, TruthEntry entry)
    {
        var json = script switch
        {
            { Garbage: not null } => "<html>The simulator was told to send no JSON.</html>",
            { Error: not null } => wire.Error(500, "The simulator was told to fail under 200.").ToJsonString(),
            { Usage: "missing" } => WithoutUsage(wire.Plain(turn)).ToJsonString(),
            _ => wire.Plain(turn).ToJsonString(),
        };
        http.Response.ContentType = script.Type ?? "application/json";
        await using var body = Body(http, script);
        var bytes = Encoding.UTF8.GetBytes(json);
        var sent = script.Cut is null ? bytes : bytes[..(bytes.Length / 2)];
        await WriteAsync(body, sent, script, http.RequestAborted);
        entry.BytesSent = sent.Length;
        await EndAsync(http, script, entry);
    }

    private static JsonObject WithoutUsage(JsonObject answer)
    {
        answer.Remove("usage");
        return answer;
    }

    private async Task StreamAsync(HttpContext http, SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script, TruthEntry entry)
    {
        http.Response.ContentType = script.Type ?? "text/event-stream";
        http.Response.Headers["x-request-id"] = "req_simulated";
        await using var body = Body(http, script);
        var events = EventPlan.Of(wire, turn, script);
        for (var i = 0; i < events.Count; i++)
        {
            await WaitAsync(i == 1 ? script.First : i > 1 ? script.Gap : 0, http.RequestAborted);
            var bytes = EventText.Format(events[i], script);
            var sent = script.Cut == "half" && i == events.Count - 1 ? bytes[..(bytes.Length / 2)] : bytes;
            await WriteAsync(body, sent, script, http.RequestAborted);
            entry.BytesSent += sent.Length;
        }

        await EndAsync(http, script, entry);
    }

    private async Task WriteAsync(Stream body, byte[] bytes, ScriptedAnswer script, CancellationToken cancellationToken)
    {
        var size = script.Split > 0 ? script.Split : bytes.Length;
        for (var at = 0; at < bytes.Length; at += size)
        {
            await WaitAsync(at > 0 ? script.Pause : 0, cancellationToken);
            await body.WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), cancellationToken);
            await body.FlushAsync(cancellationToken);
        }
    }

    private static async Task EndAsync(HttpContext http, ScriptedAnswer script, TruthEntry entry)
    {
        entry.Outcome = script is { Cut: null, Error: null, Garbage: null } ? "complete" : "broken";
        switch (script.Cut)
        {
            case "reset":
                await http.Response.Body.FlushAsync(http.RequestAborted);
                http.Features.Get<IConnectionLifetimeFeature>()?.Abort();
                break;
            case "stall":
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                break;
            default:
                break;
        }
    }

    private static Stream Body(HttpContext http, ScriptedAnswer script)
    {
        if (script.Compress is not { } coding)
        {
            return http.Response.Body;
        }

        http.Response.Headers.ContentEncoding = coding;
        return coding switch
        {
            "gzip" => new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            _ => http.Response.Body,
        };
    }

    private Task WaitAsync(int milliseconds, CancellationToken cancellationToken) =>
        milliseconds == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellationToken);
}
