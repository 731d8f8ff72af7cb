using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Agents;

/// <summary>Clients over HTTP.</summary>
internal static class ClientEndpoints
{
    public static void MapClients(this IEndpointRouteBuilder control) =>
        control.MapGroup("/clients").WithTags("Clients").MapGet("", (HttpContext http, ControlDoor door, ListClients use, string? user, string? agent, bool? stale, string? before, int? limit) =>
            door.RunAsync(http, ControlJson.Default.ClientList, (actor, cancellationToken) =>
                use.RunAsync(actor, new() { User = user, Agent = agent, Stale = stale ?? false, Before = before, Limit = limit ?? 100 }, cancellationToken)))
            .WithSummary("List the clients that were seen, those seen last first, a page at a time.").Produces<ClientList>().ProducesProblem(400).ProducesProblem(404);
}
