using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Paddock.Gateway.Catalog;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Record;

namespace Paddock.Gateway;

/// <summary>Maps the agents' model traffic. Keys are checked inside the pipeline, so the endpoints allow anonymous access to ASP.NET's own authorization.</summary>
public static class GatewayEndpoints
{
    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var pipeline = services.GetRequiredService<Pipeline>();
        var entrances = services.GetRequiredService<Entrances>();
        var lists = services.GetRequiredService<ModelListEndpoint>();
        var inFlight = services.GetRequiredService<InFlightCalls>();
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(inFlight.StopTaking);
        var refuse = new UnroutedEndpoint(services.GetRequiredService<Identification>(), services.GetRequiredService<RefusalWriter>(), services.GetRequiredService<Recording>(), entrances, services.GetRequiredService<TimeProvider>());
        foreach (var entrance in entrances.All)
        {
            Govern(routes.MapPost(entrance.Path, entrance.Unserved is not null ? http => refuse.RefuseAsync(http, entrance) : http =>
            {
                // The gateway has a limit of its own, answered in the caller's wire.
                LiftBodyLimit(http);
                return pipeline.RunAsync(http, entrance);
            }));
        }

        Govern(routes.MapGet("/v1/models", http => lists.ListAsync(http, entrances)));
        Govern(routes.MapGet("/v1/models/{**id}", http => lists.ShowAsync(http, entrances, (string)http.Request.RouteValues["id"]!))); // a route value
        Govern(routes.Map("/v1/{**rest}", refuse.RunAsync));
        return routes;
    }

    private static void Govern(IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(GovernedEndpoint.Instance);

    private static void LiftBodyLimit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}

/// <summary>Marks endpoints whose own pipeline authenticates every request; the host's list of open paths does not apply to them.</summary>
public sealed class GovernedEndpoint
{
    public static readonly GovernedEndpoint Instance = new();

    private GovernedEndpoint()
    {
    }
}
