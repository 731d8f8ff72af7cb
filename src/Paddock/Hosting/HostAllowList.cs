using Microsoft.AspNetCore.Http;

namespace Paddock.Hosting;

/// <summary>Refuses requests whose Host is none of ours, so that no name resolving here by accident or malice (DNS rebinding) reaches an endpoint.</summary>
internal sealed class HostAllowList(IEnumerable<string> configured)
{
    private readonly HashSet<string> allowed = new(["localhost", "127.0.0.1", "[::1]", .. configured], StringComparer.OrdinalIgnoreCase);

    public Task RunAsync(HttpContext http, RequestDelegate next)
    {
        if (allowed.Contains(http.Request.Host.Host))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "application/problem+json";
        return http.Response.WriteAsync("""{"type":"paddock:host-not-allowed","title":"Host not allowed","status":400,"detail":"This Host is not on the server's list. Name it with --host."}""", http.RequestAborted);
    }
}
