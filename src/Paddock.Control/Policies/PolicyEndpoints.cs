using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Policies;

/// <summary>Questions about policies over HTTP.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder control)
    {
        var policies = control.MapGroup("/policies").WithTags("Policies");
        policies.MapPost("/explain", (HttpContext http, ControlDoor door, ExplainDecision use) => door.RunAsync(http, ControlJson.Default.ExplainInput, ControlJson.Default.ExplanationView, use.RunAsync))
            .WithSummary("Say how a call would be judged, and of every rule why it matches or where it stops.")
            .Accepts<ExplainInput>("application/json").Produces<ExplanationView>().ProducesProblem(400).ProducesProblem(404);
    }
}
