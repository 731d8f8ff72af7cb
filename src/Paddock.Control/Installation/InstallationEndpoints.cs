using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Installation;

/// <summary>The installation itself over HTTP.</summary>
internal static class InstallationEndpoints
{
    public static void MapInstallation(this IEndpointRouteBuilder control)
    {
        control.MapGet("/status", (HttpContext http, ControlDoor door, ShowStatus use) => door.RunAsync(http, ControlJson.Default.StatusView, use.RunAsync))
            .WithTags("Installation").WithSummary("Show how the installation is.").Produces<StatusView>();
        control.MapPost("/backup", (HttpContext http, ControlDoor door, BackUp use) => door.StreamAsync(http, "application/octet-stream", use.RunAsync))
            .WithTags("Installation").WithSummary("Take a backup; it is the answer's body.").Produces(200, contentType: "application/octet-stream").ProducesProblem(409);
    }
}
