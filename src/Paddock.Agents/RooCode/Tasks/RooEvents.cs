using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Agents.RooCode.Settings;
using Paddock.Control;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;

namespace Paddock.Agents.RooCode.Tasks;

/// <summary>
/// <c>POST /roo/api/events</c>. The client asks once and looks at the status alone. It keeps an event for later only after a 5xx, a broken
/// connection or a 429 that says how long to wait; after any other answer the event is gone. So 2xx is said when the event is on disk, and
/// 4xx only to what would be no better next time.
/// </summary>
internal sealed class RooEvents(RooCallers callers, IAgentEvents events, TimeProvider time, ILogger<RooEvents> logger)
{
    /// <summary>Said by the client's retry queue.</summary>
    public const string RetryHeader = "X-Retry-Queue";

    /// <summary>Of one event, before and after decoding.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>The client waits without an end of its own; a database that does not answer must not keep its connections.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A person's events at once: two whole queues of a client that was cut off, which it sends one after the other. Then as many in a second as an agent that works makes in ten.</summary>
    public const int Burst = 200, PerSecond = 20;

    private static readonly TimeSpan pause = TimeSpan.FromSeconds(30);

    private readonly Allowance allowance = new(Burst, TimeSpan.FromSeconds(1) / PerSecond, time);

    public async Task TakeAsync(HttpContext http)
    {
        var at = time.GetUtcNow();
        if (await callers.FindAsync(http) is not { } caller)
        {
            return;
        }

        if (allowance.TryTake(caller.Principal.Id.Value) is { } wait)
        {
            await RefuseForNowAsync(http, StatusCodes.Status429TooManyRequests, "rate_limited", "These are more events than Paddock takes of one person; they are taken a little later.", wait);
            return;
        }

        switch (await EventBody.ReadAsync(http.Request, MostBytes, http.RequestAborted))
        {
            case EventBody.Refused { Status: var status, Reason: var reason, Message: var message }:
                await RooAnswers.RefuseAsync(http, status, reason, message);
                break;
            case EventBody.Whole { Bytes: var bytes }:
                await TakeAsync(http, RooEventReader.Read(bytes, caller.Principal.Id.Value, IsRetried(http.Request), at));
                break;
        }
    }

    private async Task TakeAsync(HttpContext http, RooEventRead read)
    {
        switch (read)
        {
            case RooEventRead.Wrong { Member: var member }:
                await RooAnswers.RefuseAsync(http, StatusCodes.Status400BadRequest, RefusalReason.MalformedBody, member is null ? "The body is no JSON object, or says something twice." : $"{member} is missing, or not what this event says there.");
                break;
            case RooEventRead.Event { Value: var one } when await IsKeptAsync(one, http.RequestAborted):
                await RooAnswers.WriteAsync(http, StatusCodes.Status200OK, new(true), RooJson.Default.BackfillAnswer);
                break;
            default:
                await RefuseForNowAsync(http, StatusCodes.Status503ServiceUnavailable, "store_unavailable", "The event could not be kept. Send it again later.", pause);
                break;
        }
    }

    private async Task<bool> IsKeptAsync(AgentEvent one, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await events.AppendAsync([one], either.Token).WaitAsync(either.Token);
            if (!RooEventSchema.IsKnown(one.Type))
            {
                Log.UnknownEvent(logger, one.Type);
            }

            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested) // whatever it is, the client can send it again
        {
            Log.EventNotKept(logger, fault.Message);
            return false;
        }
    }

    private static bool IsRetried(HttpRequest request) => string.Equals(request.Headers[RetryHeader], "true", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseForNowAsync(HttpContext http, int status, string code, string message, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return RooAnswers.RefuseAsync(http, status, code, message);
    }
}
