using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Paddock.Alerts;
using Paddock.Control;
using Paddock.Core.Identity;
using Paddock.Hosting;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.Diagnostics;

/// <summary>Metrics for <c>/metrics</c>, and traces and metrics for an OTLP collector when one is named; what nobody asked for costs nothing.</summary>
internal static class DiagnosticsServices
{
    /// <summary>Meter and activity source of the data plane.</summary>
    private const string Gateway = "Paddock.Gateway";

    /// <summary>Meter of the store itself.</summary>
    private const string Store = "Paddock.Store";

    /// <summary>Meter of the audit log.</summary>
    private const string Audit = "Paddock.Audit";

    /// <summary>Meter of the store's approvals.</summary>
    private const string Approvals = "Paddock.Approvals";

    /// <summary>Meter of the store's containments.</summary>
    private const string Containments = "Paddock.Containments";

    /// <summary>Meter of what agents tell of themselves.</summary>
    private const string Telemetry = "Paddock.Telemetry";

    public static void AddDiagnostics(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton<Readiness>();
        if (!settings.ControlOnly)
        {
            services.AddHostedService<AlertLoop>();
            services.AddHostedService<RunLoop>();
        }

        if (settings.ControlOnly || (!settings.Metrics && settings.OtlpEndpoint is null))
        {
            return;
        }

        services.AddSingleton<TaskMetrics>().AddHostedService(provider => provider.GetRequiredService<TaskMetrics>());
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("paddock", serviceVersion: PaddockVersion.Text));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Gateway, Store, Audit, Approvals, Containments, Telemetry, TaskMetrics.Name, AlertLoop.Name, NotificationMetrics.Name, "System.Runtime");
            if (settings.Metrics)
            {
                metrics.AddPrometheusExporter();
            }

            if (settings.OtlpEndpoint is not null)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (settings.OtlpEndpoint is not null)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(Gateway).AddOtlpExporter());
        }
    }

    /// <summary>The exporters read OpenTelemetry's own variables (protocol, headers, …); the endpoint may come from our settings.</summary>
    public static void AddTelemetryVariables(this IConfigurationBuilder configuration, ServeSettings settings)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => variable.Key is string name && name.StartsWith("OTEL_", StringComparison.Ordinal))
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value, StringComparer.Ordinal);
        if (settings.OtlpEndpoint is { } endpoint)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.ToString();
        }

        configuration.AddInMemoryCollection(variables);
    }

    /// <summary>Prometheus scrapes with a key that may view.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder operators, ServeSettings settings)
    {
        if (settings is { ControlOnly: false, Metrics: true })
        {
            operators.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new ControlEndpoint(ControlRoles.Viewer));
        }
    }
}
