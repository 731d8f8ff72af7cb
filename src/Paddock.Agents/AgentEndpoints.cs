using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Hooks;
using Paddock.Agents.RooCode;
using Paddock.Agents.RooCode.Settings;
using Paddock.Agents.RooCode.SignIn;
using Paddock.Agents.Telemetry;

namespace Paddock.Agents;

/// <summary>Maps the endpoints that belong to one agent only and carry no model call; those that do are data, and mapped by the gateway.</summary>
public static class AgentEndpoints
{
    public static IEndpointRouteBuilder MapAgents(this IEndpointRouteBuilder routes)
    {
        var models = routes.ServiceProvider.GetRequiredService<RooModelList>();
        routes.MapGet(RooModelList.Path, models.WriteAsync).AllowAnonymous();
        routes.MapGet(RooAccount.Path, routes.ServiceProvider.GetRequiredService<RooAccount>().WriteAsync).AllowAnonymous();
        routes.MapRooCloud();
        var client = routes.MapGroup(ClerkEndpoints.Path + "/v1").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(ClerkEndpoints.MostBytes)); // each call shows a ticket or a session's secret
        client.AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ClerkOutages>());
        client.MapPost("/client/sign_ins", static (HttpContext http, ClerkEndpoints clerk) => clerk.SignInAsync(http));
        client.MapPost("/client/sessions/{session}/tokens", static (HttpContext http, string session, ClerkEndpoints clerk) => clerk.TokenAsync(http, session));
        client.MapPost("/client/sessions/{session}/remove", static (HttpContext http, string session, ClerkEndpoints clerk) => clerk.RemoveAsync(http, session));
        client.MapGet("/me", static (HttpContext http, ClerkEndpoints clerk) => clerk.MeAsync(http));
        client.MapGet("/me/organization_memberships", static (HttpContext http, ClerkEndpoints clerk) => clerk.MembershipsAsync(http));
        routes.MapPost(HookEndpoint.Path, static (HttpContext http, string agent, HookEndpoint hooks) => hooks.AnswerAsync(http, agent)).AllowAnonymous(); // it checks the key itself
        routes.MapTelemetry();
        return routes;
    }

    private static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        var telemetry = routes.MapGroup(TelemetryEndpoint.Path).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(TelemetryEndpoint.MostBytes)); // it checks the key itself
        telemetry.MapPost("/logs", static (HttpContext http, TelemetryEndpoint endpoint) => endpoint.TakeAsync(http, TelemetrySignal.Logs));
        telemetry.MapPost("/traces", static (HttpContext http, TelemetryEndpoint endpoint) => endpoint.TakeAsync(http, TelemetrySignal.Traces));
        telemetry.MapPost("/metrics", static (HttpContext http, TelemetryEndpoint endpoint) => endpoint.TakeAsync(http, TelemetrySignal.Metrics));
    }
}
