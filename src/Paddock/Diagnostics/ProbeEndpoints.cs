using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Hosting;

namespace Paddock.Diagnostics;

/// <summary>Probes, open to everyone: <c>/healthz</c> says that the process lives, <c>/readyz</c> whether it takes calls and, part by part, why not. Agents ask <c>HEAD /</c> and <c>/api/hello</c>.</summary>
internal static class ProbeEndpoints
{
    public static void MapProbes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static http => http.Response.WriteAsync("ok\n", http.RequestAborted)).AllowAnonymous().WithMetadata(ProbeEndpoint.Instance);
        routes.MapGet("/readyz", static http => ReadyAsync(http)).AllowAnonymous().WithMetadata(ProbeEndpoint.Instance);
        routes.MapMethods("/", [HttpMethods.Head], static _ => Task.CompletedTask).AllowAnonymous();
        routes.MapMethods("/api/hello", [HttpMethods.Get, HttpMethods.Head], static _ => Task.CompletedTask).AllowAnonymous();
    }

    private static async Task ReadyAsync(HttpContext http)
    {
        var report = await http.RequestServices.GetRequiredService<Readiness>().LookAsync(http.RequestAborted);
        http.Response.StatusCode = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new(report.IsReady, report.Checks), ProbeJson.Default.ReadyView, null, http.RequestAborted);
    }
}

/// <summary>What <c>/readyz</c> answers.</summary>
internal sealed record ReadyView(bool Ready, SortedDictionary<string, string> Checks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadyView))]
internal sealed partial class ProbeJson : JsonSerializerContext;
