using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Paddock.Control;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Telemetry;

/// <summary>
/// <c>POST /otlp/v1/{logs,traces,metrics}</c>: what agents tell of themselves, as OTLP/HTTP. An exporter sends a batch again after a 429, 502, 503
/// or 504, and drops it after any other answer. So 2xx is said when all that is kept of it is on disk, and 4xx only to what would be no better next
/// time.
/// </summary>
internal sealed class TelemetryEndpoint(
    KeyAuthenticator keys, IIdentities identities, IClients clients, TelemetryReading reading, IAgentEvents events, TelemetryMetrics metrics, TimeProvider time, ILogger<TelemetryEndpoint> logger)
{
    public const string Path = "/otlp/v1";

    /// <summary>Of one request, before and after decoding, in bytes. Codex's 512 spans have 1.2 MiB as JSON.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>A person's requests at once, and then in a second: each agent's exporters send one every few seconds.</summary>
    public const int Burst = 120, PerSecond = 20;

    /// <summary>A person's events at once, and then in a second: an agent that works makes about five.</summary>
    public const int EventBurst = 5_000, EventsPerSecond = 50;

    /// <summary>A person's requests at the same time: a body, once it is read as JSON, can have some 100 MiB.</summary>
    public const int MostUnderWay = 8;

    /// <summary>Events that are handed to the database together, so that others have their turn.</summary>
    private const int AtOnce = 500;

    /// <summary>Exporters give up after ten seconds, and should hear why.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private const string TooMuch = "This is more telemetry than Paddock takes of one person; it is taken a little later.";

    private static readonly TimeSpan pause = TimeSpan.FromSeconds(5);

    private readonly OtlpProtobuf protobuf = new(reading.Wanted);
    private readonly OtlpJson json = new(reading.Wanted);
    private static readonly SemaphoreSlim decoding = new(2);
    private readonly RequestsUnderWay underWay = new(MostUnderWay);
    private readonly Allowance requests = new(Burst, TimeSpan.FromSeconds(1) / PerSecond, time);
    private readonly Allowance allowance = new(EventBurst, TimeSpan.FromSeconds(1) / EventsPerSecond, time);

    public async Task TakeAsync(HttpContext http, TelemetrySignal signal)
    {
        var now = time.GetUtcNow();
        var form = FormOf(http.Request);
        if (await FindAsync(http, form ?? OtlpAnswer.Json, now) is not { } caller)
        {
            return;
        }

        if (form is null)
        {
            await OtlpAnswer.RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType, OtlpAnswer.Json, $"Telemetry is taken as {OtlpAnswer.Protobuf} or {OtlpAnswer.Json}.");
            return;
        }

        var person = caller.Principal.Id.Value;
        if (!underWay.TryBegin(person))
        {
            await RefuseForNowAsync(http, StatusCodes.Status429TooManyRequests, form, TooMuch, TimeSpan.Zero);
            return;
        }

        try
        {
            await ReadAsync(http, new(form, signal, caller, now));
        }
        finally
        {
            underWay.End(person);
        }
    }

    private async Task ReadAsync(HttpContext http, TelemetryRequest request)
    {
        var (form, signal, person) = (request.Form, request.Signal, request.Caller.Principal.Id.Value);
        if ((requests.TryTake(person) ?? (signal is TelemetrySignal.Metrics ? null : allowance.Wait(person))) is { } wait)
        {
            await RefuseForNowAsync(http, StatusCodes.Status429TooManyRequests, form, TooMuch, wait);
            return;
        }

        switch (await EventBody.ReadAsync(http.Request, MostBytes, http.RequestAborted))
        {
            case EventBody.Refused { Status: var status, Message: var message }:
                await OtlpAnswer.RefuseAsync(http, status, form, message);
                break;
            case EventBody.Whole { Bytes: var bytes } when await DecodeAsync(bytes, form, signal, http.RequestAborted) is { } batch:
                await KeepAsync(http, request, batch);
                break;
            default:
                await OtlpAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, form, "The body is no export request of OTLP in the form that its Content-Type says.");
                break;
        }
    }

    /// <summary>Few at a time, of all people together: a body of JSON takes many times its length while it is decoded.</summary>
    private async Task<TelemetryBatch?> DecodeAsync(ReadOnlyMemory<byte> bytes, string form, TelemetrySignal signal, CancellationToken cancellationToken)
    {
        await decoding.WaitAsync(cancellationToken);
        try
        {
            return form == OtlpAnswer.Json ? json.Read(bytes, signal) : protobuf.Read(bytes, signal);
        }
        finally
        {
            decoding.Release();
        }
    }

    private async Task KeepAsync(HttpContext http, TelemetryRequest request, TelemetryBatch batch)
    {
        var read = reading.Read(batch.Records, request.Caller, Said.Name(http.Request.Headers["X-Paddock-Agent"]), request.At);
        if (read.Agent is { } agent)
        {
            clients.Note(new(request.Caller.Key.Id, agent, request.At) { AgentVersion = read.Version });
        }

        var kept = read.Events.TakeWhile(_ => allowance.TryTake(request.Caller.Principal.Id.Value) is null).ToImmutableArray();
        if (await AppendAsync(kept, http.RequestAborted) is not { } fresh)
        {
            await RefuseForNowAsync(http, StatusCodes.Status503ServiceUnavailable, request.Form, "The telemetry could not be kept. Send it again later.", pause);
            return;
        }

        var unread = request.Signal is TelemetrySignal.Metrics ? 0 : batch.Count - batch.Records.Length;
        var over = read.Events.Length - kept.Length;
        var refused = unread + over + read.Foreign;
        metrics.Note(request.Signal, read.Agent, new(fresh, kept.Length - fresh, batch.Count - kept.Length - refused, refused));
        var why = string.Join(' ', new[]
        {
            unread > 0 ? $"A request may have {TelemetryBatch.MostRecords} records." : null,
            over > 0 ? "These were more than Paddock takes of one person." : null,
            read.Foreign > 0 ? "Records come from another agent than this key or X-Paddock-Agent names." : null,
        }.OfType<string>());
        await OtlpAnswer.WriteAsync(http, request.Form, request.Signal, refused, why);
    }

    /// <returns>How many were not kept before; null when they could not be kept.</returns>
    private async Task<int?> AppendAsync(ImmutableArray<AgentEvent> kept, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var fresh = 0;
            foreach (var some in kept.Chunk(AtOnce))
            {
                fresh += await events.AppendAsync(some, either.Token).WaitAsync(either.Token);
            }

            return fresh;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested) // whatever it is, the exporter can send them again
        {
            Log.TelemetryNotKept(logger, fault.Message);
            return null;
        }
    }

    /// <summary>Whoever may call models or tools may tell of it. A token of Roo Code's own sign-in is good for Roo Code's endpoints alone.</summary>
    /// <returns>Null when the caller was refused, and told so.</returns>
    private async Task<Caller?> FindAsync(HttpContext http, string form, DateTimeOffset now)
    {
        switch (keys.Authenticate(ControlDoor.KeyIn(http.Request), now))
        {
            case KeyOutcome.Known { Caller: { Key: { Client: not (SessionClient.Extension or SessionClient.Cli), Scopes: { Models: true } or { Tools: true } } } caller }:
                identities.NoteUse(caller.Key.Id, now);
                return caller;
            case KeyOutcome.Known:
                await OtlpAnswer.RefuseAsync(http, StatusCodes.Status403Forbidden, form, "This key or token is not for telemetry. A key that may call models or tools is.");
                return null;
            default:
                http.Response.Headers.WWWAuthenticate = "Bearer";
                await OtlpAnswer.RefuseAsync(http, StatusCodes.Status401Unauthorized, form, "Send a Paddock key as Authorization: Bearer.");
                return null;
        }
    }

    /// <returns>Null for a content type that is not taken.</returns>
    private static string? FormOf(HttpRequest request) => !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? null
        : type.MediaType.Equals(OtlpAnswer.Protobuf, StringComparison.OrdinalIgnoreCase) ? OtlpAnswer.Protobuf
        : type.MediaType.Equals(OtlpAnswer.Json, StringComparison.OrdinalIgnoreCase) ? OtlpAnswer.Json
        : null;

    private static Task RefuseForNowAsync(HttpContext http, int status, string form, string message, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return OtlpAnswer.RefuseAsync(http, status, form, message);
    }

    /// <param name="Form">Content type of request and answer.</param>
    private sealed record TelemetryRequest(string Form, TelemetrySignal Signal, Caller Caller, DateTimeOffset At);
}
