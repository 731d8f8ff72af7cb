using System.Globalization;
using System.IO.Compression;
using System.Text;
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
        switch (script.Retry)
        {
            case "seconds":
                response.Headers.RetryAfter = "1";
                break;
            case "date":
                response.Headers.RetryAfter = time.GetUtcNow().AddSeconds(1).ToString("R", CultureInfo.InvariantCulture);
                break;
            case "ms":
                response.Headers["retry-after-ms"] = "250";
                break;
            case "go":
                response.Headers["x-ratelimit-reset-requests"] = "0m0.25s";
                break;
            default:
                break;
        }

        return response.WriteAsync(wire.Error(status, message).ToJsonString(), http.RequestAborted);
    }

    private static async Task PlainAsync(HttpContext http, SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script, TruthEntry entry)
    {
        var json = (script.Error is null ? wire.Plain(turn) : wire.Error(500, "The simulator was told to fail under 200.")).ToJsonString();
        http.Response.ContentType = script.Type ?? "application/json";
        await using var body = Body(http, script);
        var bytes = Encoding.UTF8.GetBytes(json);
        var sent = script.Cut is null ? bytes : bytes.AsMemory(0, bytes.Length / 2);
        await body.WriteAsync(sent, http.RequestAborted);
        entry.BytesSent = sent.Length;
        await EndAsync(http, script, entry);
    }

    private async Task StreamAsync(HttpContext http, SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script, TruthEntry entry)
    {
        http.Response.ContentType = script.Type ?? "text/event-stream";
        http.Response.Headers["x-request-id"] = "req_simulated";
        await using var body = Body(http, script);
        var events = Events(wire, turn, script);
        var last = script.Cut is null ? events.Count : Math.Max(1, events.Count / 2);
        for (var i = 0; i < last; i++)
        {
            await WaitAsync(i == 1 ? script.First : i > 1 ? script.Gap : 0, http.RequestAborted);
            await WriteAsync(body, EventText.Format(events[i], script), script, http.RequestAborted);
            entry.BytesSent += EventText.Format(events[i], script).Length;
        }

        await EndAsync(http, script, entry);
    }

    private static List<(string? Event, string Data)> Events(SimulatedWire wire, SimulatedTurn turn, ScriptedAnswer script)
    {
        var events = wire.Events(turn, script).ToList();
        return script.Error switch
        {
            "first" => [wire.ErrorEvent("The simulator was told to fail.")],
            "mid" => [.. events.Take(events.Count / 2), wire.ErrorEvent("The simulator was told to fail.")],
            _ => events,
        };
    }

    private static async Task WriteAsync(Stream body, byte[] bytes, ScriptedAnswer script, CancellationToken cancellationToken)
    {
        var size = script.Split > 0 ? script.Split : bytes.Length;
        for (var at = 0; at < bytes.Length; at += size)
        {
            await body.WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), cancellationToken);
            await body.FlushAsync(cancellationToken);
        }
    }

    private static async Task EndAsync(HttpContext http, ScriptedAnswer script, TruthEntry entry)
    {
        entry.Outcome = script.Cut is null && script.Error is null ? "complete" : "broken";
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
