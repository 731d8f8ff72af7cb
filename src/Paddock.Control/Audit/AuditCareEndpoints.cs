using System.Globalization;
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
        audit.MapPost("/rotate-key", (HttpContext http, ControlDoor door, RotateLogKey use) => door.RunAsync(http, ControlJson.Default.LogCareInput, ControlJson.Default.LogCareView, use.RunAsync))
            .WithSummary("Make another key for the audit log; its open shard is closed, and the next is signed with it.").Accepts<LogCareInput>("application/json").Produces<LogCareView>().ProducesProblem(400).ProducesProblem(409);
        audit.MapPost("/restart", (HttpContext http, ControlDoor door, RestartLog use) => door.RunAsync(http, ControlJson.Default.LogCareInput, ControlJson.Default.LogCareView, use.RunAsync))
            .WithSummary("Go on after the audit log has halted, in a new shard that says so.").Accepts<LogCareInput>("application/json").Produces<LogCareView>().ProducesProblem(400).ProducesProblem(409);
        audit.MapPost("/shards/{shard}/remove", (HttpContext http, ControlDoor door, RemoveShard use, string shard) =>
            door.RunAsync(http, ControlJson.Default.RemoveShardInput, ControlJson.Default.LogCareView, (actor, input, cancellationToken) => use.RunAsync(actor, Number(shard), input, cancellationToken)))
            .WithSummary("Take an archived shard's entries out of the database.").Accepts<RemoveShardInput>("application/json").Produces<LogCareView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        audit.MapGet("/reconcile", (HttpContext http, ControlDoor door, Reconcile use, DateTimeOffset? since, DateTimeOffset? until) =>
            door.RunAsync(http, ControlJson.Default.ReconcileView, (actor, cancellationToken) => use.RunAsync(actor, since, until, cancellationToken)))
            .WithSummary("Compare ledger and spend, decisions and intents, approvals and their uses.").Produces<ReconcileView>().ProducesProblem(400);
    }

    /// <summary>Shards are numbered from 1; what is no number is none of them, which is for the use case to say.</summary>
    private static long Number(string shard) => long.TryParse(shard, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
