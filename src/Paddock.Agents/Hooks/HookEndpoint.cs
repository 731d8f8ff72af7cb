using System.Buffers;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Agents.Telemetry;
using Paddock.Control;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Policies;

namespace Paddock.Agents.Hooks;

/// <summary>
/// <c>POST /hooks/v1/{agent}</c>: what an agent's hook asks before a tool runs, answered in the agent's own shape. Some agents take every
/// status but 200 for "go on", so that for a good key each fault of ours or of the body is a refusal under 200. What a hook tells of other
/// moments is kept, and answered so that the agent goes on.
/// </summary>
internal sealed class HookEndpoint(
    IEnumerable<IAgentHooks> hooks, IDecisionPoint decisions, HookTeller teller, IEnumerable<IIncidentNotices> notices, KeyAuthenticator keys, IIdentities identities, IClients clients, TimeProvider time, ILogger<HookEndpoint> logger)
{
    public const string Path = "/hooks/v1/{agent}";

    /// <summary>Says <c>tells</c> where a hook is not set up to ask: then a fault of whatever kind is no refusal, which the agent would take for something else.</summary>
    public const string KindHeader = "X-Paddock-Hook";

    /// <summary>An agent may write a large file with one call. Bytes.</summary>
    public const int MostBytes = 8 << 20;

    /// <summary>A person's bodies that are read at the same time: each is held in memory, and with what it holds once more as JSON.</summary>
    public const int MostUnderWay = 32;

    private const string Failed = "Paddock could not decide on this call; its log says why. Try again.";

    private readonly FrozenDictionary<string, IAgentHooks> byAgent = hooks.ToFrozenDictionary(static one => one.Agent, StringComparer.Ordinal);
    private readonly IIncidentNotices? notices = notices.FirstOrDefault();
    private readonly RequestsUnderWay underWay = new(MostUnderWay);

    public async Task AnswerAsync(HttpContext http, string agent)
    {
        var now = time.GetUtcNow();
        if (keys.Authenticate(ControlDoor.KeyIn(http.Request), now) is not KeyOutcome.Known { Caller: var caller })
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await ControlDoor.WriteAsync(http, new("paddock:unauthenticated", "Unauthenticated", StatusCodes.Status401Unauthorized, "Send a Paddock key as Authorization: Bearer."));
            return;
        }

        identities.NoteUse(caller.Key.Id, now);
        if (!byAgent.TryGetValue(agent, out var dialect))
        {
            await ControlDoor.WriteAsync(http, new("paddock:not-found", "Not found", StatusCodes.Status404NotFound, $"No hooks are known of an agent of this name. There are {string.Join(", ", byAgent.Keys.Order(StringComparer.Ordinal))}."));
            return;
        }

        var (status, body) = await AnswerAsync(http, caller, dialect);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private async Task<(int Status, byte[] Body)> AnswerAsync(HttpContext http, Caller caller, IAgentHooks dialect)
    {
        try
        {
            switch (await ReadAsync(http.Request, caller, dialect))
            {
                case HookEvent.Call call:
                    return await DecideAsync(http, caller, dialect, call);
                case HookEvent.Telling { What: var told }:
                    var task = await teller.TakeAsync(caller, dialect.Agent, told, Said.Name(http.Request.Headers["X-Paddock-Mode"]), Said.Name(http.Request.Headers["X-Paddock-Repository"]));
                    return (StatusCodes.Status200OK, await ShownAsync(dialect, told, task));
                case HookEvent.Malformed { Because: var because } when !Tells(http.Request):
                    return (StatusCodes.Status200OK, dialect.Refuse(null, $"Paddock: Refused, not evaluated. {because}."));
                default:
                    return (StatusCodes.Status200OK, dialect.Neutral);
            }
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.HookFailed(logger, exception, dialect.Agent);
            return (StatusCodes.Status200OK, Tells(http.Request) ? dialect.Neutral : dialect.Refuse(null, "Paddock: " + Failed));
        }
    }

    /// <summary>What is wrong now, once in a task. That it cannot be said is no matter of the agent's: it goes on.</summary>
    private async Task<byte[]> ShownAsync(IAgentHooks dialect, HookTelling told, string? task)
    {
        if (task is null || notices is null || !dialect.Shows(told))
        {
            return dialect.Neutral;
        }

        using var patience = new CancellationTokenSource(HookTeller.Patience, time);
        try
        {
            return await notices.TakeAsync(task, patience.Token).WaitAsync(patience.Token) is { } line ? dialect.Show(line) : dialect.Neutral;
        }
        catch (Exception fault)
        {
            Log.NoticeNotShown(logger, fault.Message);
            return dialect.Neutral;
        }
    }

    private async Task<HookEvent> ReadAsync(HttpRequest request, Caller caller, IAgentHooks dialect)
    {
        var person = caller.Principal.Id.Value;
        if (!underWay.TryBegin(person))
        {
            return new HookEvent.Malformed($"More than {MostUnderWay} hooks of one person send at the same time");
        }

        try
        {
            if (await ReadAsync(request, request.HttpContext.RequestAborted) is not { } body)
            {
                return new HookEvent.Malformed($"It has more than {MostBytes >> 20} MiB");
            }

            using var document = HookBody.Parse(body);
            return document is null ? new HookEvent.Malformed("The hook's input is not one JSON object") : dialect.Read(document.RootElement);
        }
        finally
        {
            underWay.End(person);
        }
    }

    private async Task<(int Status, byte[] Body)> DecideAsync(HttpContext http, Caller caller, IAgentHooks dialect, HookEvent.Call call)
    {
        var headers = http.Request.Headers;
        var asked = call.Told.For(caller, dialect.Agent, Said.Name(headers["X-Paddock-Mode"]), Said.Name(headers["X-Paddock-Repository"]));
        clients.Note(new(caller.Key.Id, caller.Key.Scopes.PinnedAgent ?? asked.Task.Agent, time.GetUtcNow()) { AgentVersion = asked.Task.AgentVersion, Device = asked.Task.Device });
        return await decisions.DecideAsync(asked, http.RequestAborted) switch
        {
            OutsideDecision.Allowed => (StatusCodes.Status200OK, dialect.Neutral),
            OutsideDecision.Denied denied => (StatusCodes.Status200OK, dialect.Refuse(call, "Paddock: " + denied.Said)),
            OutsideDecision.Waiting waiting => (StatusCodes.Status200OK, dialect.Refuse(call, "Paddock: " + waiting.Said)),
            OutsideDecision.NotPermitted refused => (StatusCodes.Status403Forbidden, dialect.Refuse(call, "Paddock: " + refused.Said)),
            _ => throw new InvalidOperationException("A decision is one of its cases."),
        };
    }

    private static bool Tells(HttpRequest request) => request.Headers[KindHeader] == "tells";

    /// <returns>Null when it is longer than allowed.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        var whole = new ArrayBufferWriter<byte>(4096);
        while (await request.Body.ReadAsync(whole.GetMemory(4096), cancellationToken) is > 0 and var count)
        {
            whole.Advance(count);
            if (whole.WrittenCount > MostBytes)
            {
                return null;
            }
        }

        return whole.WrittenMemory;
    }
}
