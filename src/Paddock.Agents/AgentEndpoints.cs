using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Agents.Hooks;
using Paddock.Agents.RooCode;
using Paddock.Agents.RooCode.SignIn;

namespace Paddock.Agents;

/// <summary>Maps the endpoints that belong to one agent only and carry no model call; those that do are data, and mapped by the gateway.</summary>
public static class AgentEndpoints
{
    public static IEndpointRouteBuilder MapAgents(this IEndpointRouteBuilder routes)
    {
        var models = routes.ServiceProvider.GetRequiredService<RooModelList>();
        routes.MapGet(RooModelList.Path, models.WriteAsync).AllowAnonymous();
        routes.MapGet(RooAccount.Path, routes.ServiceProvider.GetRequiredService<RooAccount>().WriteAsync).AllowAnonymous();
        var clerk = routes.ServiceProvider.GetRequiredService<ClerkEndpoints>();
        var client = routes.MapGroup(ClerkEndpoints.Path + "/v1").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(ClerkEndpoints.MostBytes)); // each call shows a ticket or a session's secret
        client.MapPost("/client/sign_ins", clerk.SignInAsync);
        client.MapPost("/client/sessions/{session}/tokens", clerk.TokenAsync);
        client.MapPost("/client/sessions/{session}/remove", clerk.RemoveAsync);
        client.MapGet("/me", clerk.MeAsync);
        client.MapGet("/me/organization_memberships", clerk.MembershipsAsync);
        routes.MapPost(HookEndpoint.Path, static (HttpContext http, string agent, HookEndpoint hooks) => hooks.AnswerAsync(http, agent)).AllowAnonymous(); // it checks the key itself
        return routes;
    }
}
