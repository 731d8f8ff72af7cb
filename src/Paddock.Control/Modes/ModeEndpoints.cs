using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Modes;

/// <summary>Team profiles over HTTP.</summary>
internal static class ModeEndpoints
{
    public static void MapModes(this IEndpointRouteBuilder control)
    {
        var profiles = control.MapGroup("/team-profiles").WithTags("Modes");
        profiles.MapGet("", (HttpContext http, ControlDoor door, ListTeamProfiles use) => door.RunAsync(http, ControlJson.Default.TeamProfileList, use.RunAsync))
            .WithSummary("List the team profiles in force, in the order in which they hold.").Produces<TeamProfileList>();
        profiles.MapGet("/{name}/files", (HttpContext http, string name, ControlDoor door, WriteTeamProfile use) =>
                door.RunAsync(http, ControlJson.Default.TeamProfileFiles, (actor, cancellationToken) => use.RunAsync(actor, name, cancellationToken)))
            .WithSummary("Write a team profile as the files that agents read.").Produces<TeamProfileFiles>().ProducesProblem(404);
    }
}
