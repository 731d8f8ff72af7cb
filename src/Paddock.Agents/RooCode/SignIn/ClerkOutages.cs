using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>
/// Answers Clerk's calls while the store cannot be asked. Roo Code forgets its sign-in at 401 and 404 and tries again after all else, with
/// longer and longer pauses.
/// </summary>
internal sealed class ClerkOutages(ILogger<ClerkOutages> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (Exception fault) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested) // whatever it is, the client can ask again
        {
            Log.SessionNotAsked(logger, fault);
            await ClerkEndpoints.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, "service_unavailable", "Sessions cannot be looked up at the moment. Try again soon.");
            return Results.Empty;
        }
    }
}
