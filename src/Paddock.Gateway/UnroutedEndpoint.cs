using Microsoft.AspNetCore.Http;
using Paddock.Core.Policies;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Record;

namespace Paddock.Gateway;

/// <summary>
/// Everything below <c>/v1</c> that is not served, and what agents know of beside it: refused in the wire's shape, after the key, so that
/// no path escapes governance.
/// </summary>
internal sealed class UnroutedEndpoint(Identification identify, RefusalWriter refusals, Recording record, Entrances entrances, TimeProvider time)
{
    public Task RunAsync(HttpContext http)
    {
        var exchange = new Exchange(http, entrances.Nearest(http.Request.Path.Value ?? ""), time.GetUtcNow(), time.GetTimestamp());
        var refusal = WebSocketRefusal(http) ?? identify.FindCaller(exchange) ?? Unknown(http);
        return refusals.WriteAsync(exchange, refusal, http.RequestAborted);
    }

    /// <summary>An endpoint that an agent would use: the refusal has its row, as that of any other call.</summary>
    public async Task RefuseAsync(HttpContext http, Entrance entrance)
    {
        var exchange = new Exchange(http, entrance, time.GetUtcNow(), time.GetTimestamp());
        try
        {
            var refusal = identify.FindCaller(exchange) ?? new(RefusalReason.UnsupportedFeature, StatusCodes.Status400BadRequest, entrance.Unserved!); // mapped for those that have one
            if (exchange.Caller is not null)
            {
                identify.FindTask(exchange);
            }

            await refusals.WriteAsync(exchange, refusal, http.RequestAborted);
        }
        finally
        {
            record.Close(exchange);
        }
    }

    /// <summary>Codex tries a WebSocket first and falls back cleanly only on 426 (model-gateway facts §4.9).</summary>
    private static Refusal? WebSocketRefusal(HttpContext http)
    {
        if (!http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        http.Response.Headers.Upgrade = "HTTP/1.1";
        return new(RefusalReason.WebSocketUnsupported, StatusCodes.Status426UpgradeRequired, "Responses over WebSocket are not served; use HTTP.");
    }

    private static Refusal Unknown(HttpContext http) =>
        new(RefusalReason.UnknownPath, StatusCodes.Status404NotFound, $"{http.Request.Method} on this path is not served by Paddock. Served: chat/completions, responses, messages, messages/count_tokens and models below /v1.");
}
