using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Paddock.Core.Ledger;
using Paddock.Core.Snapshot;
using Paddock.Store;

namespace Paddock.Hosting;

/// <summary>Probes: <c>/healthz</c> says the process lives, <c>/readyz</c> whether it should get traffic and, if not, why.</summary>
internal static class Health
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapMethods("/", ["HEAD"], () => Results.Ok());
        routes.MapMethods("/api/hello", ["GET", "HEAD"], () => Results.Ok());
        routes.MapGet("/readyz", ReadyAsync);
        return routes;
    }

    private static async Task<IResult> ReadyAsync(StoreMaintenance store, ILedger ledger, ISnapshots snapshots, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var health = await store.CheckAsync(cancellationToken);
        var checks = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["database"] = health.DatabaseReachable ? "ok" : "unreachable",
            ["ledger"] = ledger.IsHealthy ? "ok" : health.Problem ?? "not writable",
            ["release"] = snapshots.Current.Digest.Short,
            ["stopping"] = lifetime.ApplicationStopping.IsCancellationRequested ? "yes" : "no",
        };
        var ready = health.DatabaseReachable && ledger.IsHealthy && !lifetime.ApplicationStopping.IsCancellationRequested;
        return Results.Json(new { ready, checks }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
