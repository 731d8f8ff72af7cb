using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Paddock.Core.Identity;

namespace Paddock.Diagnostics;

/// <summary>Traces and metrics out: <c>/metrics</c> for Prometheus always, OTLP only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector, so that nobody pays for what nobody reads.</summary>
internal static class OpenTelemetryExport
{
    private const string Source = "Paddock.Gateway";

    public static IServiceCollection AddExport(this IServiceCollection services)
    {
        var collector = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"));
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Source).AddMeter("System.Runtime").AddPrometheusExporter();
            if (collector)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (collector)
        {
            telemetry.WithTracing(static traces => traces.AddSource(Source).AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Maps <c>/metrics</c> for keys with the viewer role; figures of spend are not for everybody.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        app.UseWhen(static http => http.Request.Path.Equals("/metrics", StringComparison.OrdinalIgnoreCase), static branch => branch.Use(GuardAsync));
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    private static Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : http.Request.Headers["x-api-key"].ToString().Trim();
        var keys = http.RequestServices.GetRequiredService<KeyAuthenticator>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (keys.Authenticate(token, now) is KeyOutcome.Known { Caller: var caller })
        {
            if (caller.Key.Scopes.Control.HasFlag(ControlRoles.Viewer))
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
