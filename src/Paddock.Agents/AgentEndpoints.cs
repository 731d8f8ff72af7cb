using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Hooks;
using Paddock.Agents.RooCode;

namespace Paddock.Agents;

/// <summary>Maps the endpoints that belong to one agent only and carry no model call; those that do are data, and mapped by the gateway.</summary>
public static class AgentEndpoints
{
    public static IEndpointRouteBuilder MapAgents(this IEndpointRouteBuilder routes)
    {
        var models = routes.ServiceProvider.GetRequiredService<RooModelList>();
        routes.MapGet(RooModelList.Path, models.WriteAsync).AllowAnonymous();
        routes.MapPost(HookEndpoint.Path, static (HttpContext http, string agent, HookEndpoint hooks) => hooks.AnswerAsync(http, agent)).AllowAnonymous(); // it checks the key itself
        return routes;
    }
}
