using Microsoft.AspNetCore.Http;

namespace Paddock.Hosting;

/// <summary>Sockets complete inline, so a handler runs on a socket's thread. Only the agents' model calls are made for that; everything else goes to the pool first.</summary>
internal static class PoolHop
{
    public static Task RunAsync(HttpContext http, RequestDelegate next) => IsModelCall(http.Request) ? next(http) : HopAsync(http, next);

    private static bool IsModelCall(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && (request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/roo/proxy", StringComparison.OrdinalIgnoreCase));

    private static async Task HopAsync(HttpContext http, RequestDelegate next)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await next(http);
    }
}
