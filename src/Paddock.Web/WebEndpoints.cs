using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Web;

/// <summary>The console: today a page that says how to attach an agent.</summary>
public static class WebEndpoints
{
    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", new EmbeddedAsset("start/index.html", "text/html; charset=utf-8").WriteAsync).AllowAnonymous();
        routes.MapGet("/assets/start.css", new EmbeddedAsset("start/start.css", "text/css; charset=utf-8").WriteAsync).AllowAnonymous();
        return routes;
    }
}
