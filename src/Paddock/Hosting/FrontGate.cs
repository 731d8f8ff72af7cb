using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Gateway;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>
/// Every request passes here first, after its endpoint was found: (1) is the peer one that may speak plain HTTP, (2) is the Host one of
/// ours, (3) is the endpoint there on this listener, (4) who may reach it. What says nothing about (4) is closed. Model calls go on
/// where they are, on the socket's thread; all others go to the pool before anything of theirs runs.
/// </summary>
internal sealed class FrontGate(ControlDoor door, ILogger<FrontGate> logger)
{
    private static readonly Problem NotFromProxy = new("paddock:not-from-proxy", "Not from the proxy", StatusCodes.Status403Forbidden, "Plain HTTP is taken from the reverse proxies named with --behind-proxy only.");
    private static readonly Problem HostNotAllowed = new("paddock:host-not-allowed", "Host not allowed", StatusCodes.Status400BadRequest, "This Host is not on the listener's list. The operator can add it with --hosts.");
    private static readonly Problem NotFound = new("paddock:not-found", "Not found", StatusCodes.Status404NotFound, "There is nothing here.");
    private static readonly Problem WrongMethod = new("paddock:method-not-allowed", "Method not allowed", StatusCodes.Status405MethodNotAllowed, "This is there, but not for this method; the Allow header says for which.");
    private static readonly Problem Closed = new("paddock:closed", "Closed", StatusCodes.Status403Forbidden, "This endpoint does not say who may reach it.");

    public Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        var facts = http.Features.Get<ListenerFacts>() ?? throw new InvalidOperationException("A listener does not say what it is.");
        var isProbe = endpoint?.Metadata.GetMetadata<ProbeEndpoint>() is not null;
        if (!isProbe && !facts.Trusts(http.Connection.RemoteIpAddress))
        {
            return RefuseAsync(http, NotFromProxy);
        }

        // Orchestrators ask by address; a probe says nothing that another site's page could use.
        if (!isProbe && !facts.Allows(http.Request.Host.Host))
        {
            return RefuseAsync(http, HostNotAllowed);
        }

        if (endpoint is null || ((endpoint.Metadata.GetMetadata<EndpointSide>()?.Sides ?? ListenerSides.Both) & facts.Sides) == ListenerSides.None)
        {
            return RefuseAsync(http, NotFound);
        }

        return endpoint.Metadata.GetMetadata<GovernedEndpoint>() is not null && HttpMethods.IsPost(http.Request.Method) ? next(http) : HopAsync(http, endpoint, facts, next);
    }

    private async Task HopAsync(HttpContext http, Endpoint endpoint, ListenerFacts facts, RequestDelegate next)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var control = endpoint.Metadata.GetMetadata<ControlEndpoint>();
        if (control is not null && !(control.IsOpenOnLoopback && facts.IsLoopbackOnly))
        {
            if (facts.IsLocal)
            {
                http.Features.Set(Actor.Local);
            }

            await door.AdmitAsync(http, control, next);
        }
        else if (control is not null || IsOpen(endpoint))
        {
            await next(http);
            if (endpoint is not RouteEndpoint && !http.Response.HasStarted && Said(http) is { } problem)
            {
                await ControlDoor.WriteAsync(http, problem);
            }
        }
        else
        {
            Log.EndpointClosed(logger, endpoint.DisplayName);
            await ControlDoor.WriteAsync(http, Closed);
        }
    }

    /// <summary>Governed endpoints check the key themselves; some say that they need none; routing's own answers (405, 415) say nothing of anybody.</summary>
    private static bool IsOpen(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<GovernedEndpoint>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint is not RouteEndpoint;

    /// <summary>What routing answers with a status alone, in words; null where others than the control plane have their own.</summary>
    private static Problem? Said(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status415UnsupportedMediaType => Problem.NotJson,
        StatusCodes.Status405MethodNotAllowed when http.Request.Path.StartsWithSegments("/control", StringComparison.OrdinalIgnoreCase) => WrongMethod,
        _ => null,
    };

    private static async Task RefuseAsync(HttpContext http, Problem problem)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await ControlDoor.WriteAsync(http, problem);
    }
}
