using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Core.Containments;

namespace Paddock.Control.Containments;

/// <summary>Containments over HTTP.</summary>
internal static class ContainmentEndpoints
{
    public static void MapContainments(this IEndpointRouteBuilder control)
    {
        var containments = control.MapGroup("/containments").WithTags("Containments");
        containments.MapPost("", (HttpContext http, ControlDoor door, Contain use) => door.RunAsync(http, ControlJson.Default.ContainInput, ControlJson.Default.NewContainment, use.RunAsync))
            .WithSummary("Stop somebody or something at once and for a while; running calls that match end.").Accepts<ContainInput>("application/json").Produces<NewContainment>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        containments.MapGet("", (HttpContext http, ControlDoor door, ListContainments use, [AsParameters] ContainmentFilter filter) =>
            door.RunAsync(http, ControlJson.Default.ContainmentList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List containments, newest first, a page at a time.").Produces<ContainmentList>().ProducesProblem(400);
        containments.MapPost("/{containment}/lift", (HttpContext http, ControlDoor door, LiftContainment use, string containment) =>
            door.RunAsync(http, ControlJson.Default.LiftInput, ControlJson.Default.ContainmentView, (actor, input, cancellationToken) => use.RunAsync(actor, containment, input, cancellationToken)))
            .WithSummary("End a containment before its time.").Accepts<LiftInput>("application/json").Produces<ContainmentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>Which containments, as a query says it.</summary>
    /// <param name="State">in_force, expired or lifted; without it all.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record ContainmentFilter(string? State, string? Before, int? Limit)
    {
        public ContainmentQuery Query => new()
        {
            State = State switch
            {
                null => null,
                "in_force" => ContainmentState.InForce,
                "expired" => ContainmentState.Expired,
                "lifted" => ContainmentState.Lifted,
                _ => throw new BadHttpRequestException("state is none of in_force, expired, lifted."),
            },
            Before = Before is null ? null : ContainmentId.TryParse(Before, out var id) ? id : throw new BadHttpRequestException("before is no containment id."),
            Limit = Limit ?? 50,
        };
    }
}
