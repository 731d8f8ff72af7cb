using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Access;

/// <summary>Decisions for enforcement points outside, by the Authorization API 1.0 of AuthZEN. Needs <see cref="Core.Policies.IDecisionPoint"/> besides.</summary>
public static class AccessEndpoints
{
    /// <summary>Largest body, in bytes.</summary>
    private const int MostBytes = 1 << 20;

    private const string Evaluation = "/access/v1/evaluation", Evaluations = "/access/v1/evaluations";

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        // They check the key themselves, and answer as that specification says.
        routes.MapPost(Evaluation, static (HttpContext http, AccessDoor door) => door.EvaluateAsync(http)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
        routes.MapPost(Evaluations, static (HttpContext http, AccessDoor door) => door.EvaluateManyAsync(http)).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
        routes.MapGet("/.well-known/authzen-configuration", static (HttpContext http) => Results.Json(Describe(http.Request), AccessJson.Default.AccessConfiguration)).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }

    private static AccessConfiguration Describe(HttpRequest request)
    {
        var here = RequestOrigin.Of(request);
        return new(here, here + Evaluation, here + Evaluations);
    }
}
