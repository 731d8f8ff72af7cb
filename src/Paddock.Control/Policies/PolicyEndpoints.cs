using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Policies;

/// <summary>Questions about policies over HTTP.</summary>
internal static class PolicyEndpoints
{
    /// <summary>A release has at most 16 MiB of text; JSON escapes some of it.</summary>
    private const int MostBytes = 24 << 20;

    public static void MapPolicies(this IEndpointRouteBuilder control)
    {
        var policies = control.MapGroup("/policies").WithTags("Policies");
        policies.MapPost("/explain", (HttpContext http, ControlDoor door, ExplainDecision use) => door.RunAsync(http, ControlJson.Default.ExplainInput, ControlJson.Default.ExplanationView, use.RunAsync))
            .WithSummary("Say how a call would be judged, and of every rule why it matches or where it stops.")
            .Accepts<ExplainInput>("application/json").Produces<ExplanationView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/replay", (HttpContext http, ControlDoor door, ReplayDecisions use) => door.RunAsync(http, ControlJson.Default.ReplayInput, ControlJson.Default.ReplayView, use.RunAsync))
            .WithSummary("Judge remembered decisions again by a candidate release, and tell what would change.").WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .Accepts<ReplayInput>("application/json").Produces<ReplayView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }
}
