using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Audit;

/// <summary>What operators do about the audit log, over HTTP.</summary>
internal static class AuditCareEndpoints
{
    public static void MapAuditCare(this IEndpointRouteBuilder control)
    {
        var audit = control.MapGroup("/audit").WithTags("Audit");
        audit.MapPost("/break-glass", (HttpContext http, ControlDoor door, BreakTheGlass use) => door.RunAsync(http, ControlJson.Default.BreakGlassInput, ControlJson.Default.BreakGlassView, use.RunAsync))
            .WithSummary("Let mutating tool calls go on for a while although no device takes audit entries.").Accepts<BreakGlassInput>("application/json").Produces<BreakGlassView>().ProducesProblem(400).ProducesProblem(409);
        audit.MapDelete("/break-glass", (HttpContext http, ControlDoor door, MendTheGlass use) => door.RunAsync(http, ControlJson.Default.BreakGlassView, use.RunAsync))
            .WithSummary("End that before its time.").Produces<BreakGlassView>().ProducesProblem(409);
        audit.MapGet("/reconcile", (HttpContext http, ControlDoor door, Reconcile use, DateTimeOffset? since, DateTimeOffset? until) =>
            door.RunAsync(http, ControlJson.Default.ReconcileView, (actor, cancellationToken) => use.RunAsync(actor, since, until, cancellationToken)))
            .WithSummary("Compare ledger and spend, decisions and intents, approvals and their uses.").Produces<ReconcileView>().ProducesProblem(400);
    }
}
