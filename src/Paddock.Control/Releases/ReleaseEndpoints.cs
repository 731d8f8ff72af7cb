using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Releases;

/// <summary>Policy releases over HTTP.</summary>
internal static class ReleaseEndpoints
{
    /// <summary>A release has at most 16 MiB of text; JSON escapes some of it.</summary>
    private const int MostBytes = 24 << 20;

    public static void MapReleases(this IEndpointRouteBuilder control)
    {
        var releases = control.MapGroup("/releases").WithTags("Releases");
        releases.MapPost("/check", (HttpContext http, ControlDoor door, CheckRelease use) => door.RunAsync(http, ControlJson.Default.ReleaseInput, ControlJson.Default.ReleaseView, use.RunAsync))
            .WithSummary("Say whether a release would be taken, with every fault.").WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<ReleaseInput>("application/json").Produces<ReleaseView>().ProducesProblem(422);
        releases.MapPost("", (HttpContext http, ControlDoor door, ImportRelease use) => door.RunAsync(http, ControlJson.Default.ReleaseInput, ControlJson.Default.ReleaseView, use.RunAsync))
            .WithSummary("Import a release and, when asked, put it in force.").WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<ReleaseInput>("application/json").Produces<ReleaseView>().ProducesProblem(409).ProducesProblem(422);
        releases.MapPost("/{release}/activate", (HttpContext http, ControlDoor door, ActivateRelease use, string release) =>
            door.RunAsync(http, ControlJson.Default.ReleaseView, (actor, cancellationToken) => use.RunAsync(actor, release, cancellationToken)))
            .WithSummary("Put an imported release in force.").Produces<ReleaseView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        releases.MapGet("", (HttpContext http, ControlDoor door, ListReleases use) => door.RunAsync(http, ControlJson.Default.ReleaseList, use.RunAsync))
            .WithSummary("List imported releases.").Produces<ReleaseList>();
        releases.MapGet("/{release}", (HttpContext http, ControlDoor door, ShowRelease use, string release) =>
            door.RunAsync(http, ControlJson.Default.ReleaseView, (actor, cancellationToken) => use.RunAsync(actor, release, cancellationToken)))
            .WithSummary("Show a release with its files; 'active' is the one in force.").Produces<ReleaseView>().ProducesProblem(404);
    }
}
