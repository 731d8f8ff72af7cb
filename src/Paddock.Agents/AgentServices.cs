using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Paddock.Agents;

/// <summary>The agents' dialects and their own endpoints.</summary>
public static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapAgents(this IEndpointRouteBuilder routes) => routes;
}
