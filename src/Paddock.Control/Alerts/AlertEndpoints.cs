using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Control.Alerts.Judging;
using Paddock.Control.Releases;
using Paddock.Core.Alerts;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>Alerts over HTTP.</summary>
internal static class AlertEndpoints
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<FailureBoundaries>();
        services.AddSingleton<IAlertJudge, BurnJudge>().AddSingleton<IAlertJudge, SpikeJudge>().AddSingleton<IAlertJudge, ShiftJudge>();
        services.AddSingleton<IAlertJudge, TailJudge>().AddSingleton<IAlertJudge, BurstJudge>().AddSingleton<IAlertJudge, SurgeJudge>();
        services.AddSingleton<IAlertJudge, OverspendJudge>().AddSingleton<IAlertJudge, ProjectionJudge>().AddSingleton<IAlertJudge, NoveltyJudge>().AddSingleton<SpendSeasons>().AddSingleton<BudgetAccounts>();
        services.AddSingleton<IAlertJudge, ThresholdJudge>().AddSingleton<GaugeReadings>();
        services.AddSingleton<IGauges, StaleClientGauge>().AddSingleton<IGauges, ApprovalGauge>().AddSingleton<IGauges>(static p => p.GetRequiredService<ReleaseRejections>());
        services.AddSingleton(static p => new WatchAlerts(
            p.GetRequiredService<ISignals>(), p.GetRequiredService<IAlerts>(), p.GetRequiredService<ISnapshots>(), p.GetRequiredService<IIdentities>(), p.GetServices<IAlertJudge>(),
            p.GetRequiredService<INotifications>(), p.GetRequiredService<GaugeReadings>(), p.GetRequiredService<ApprovalLinks>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<WatchAlerts>>()));
        return services.AddSingleton<ListAlerts>().AddSingleton<SilenceAlerts>().AddSingleton<EndSilence>().AddSingleton<ExportAlerts>();
    }

    public static void MapAlerts(this IEndpointRouteBuilder control)
    {
        var alerts = control.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", (HttpContext http, ControlDoor door, ListAlerts use, [AsParameters] AlertFilter filter) =>
            door.RunAsync(http, ControlJson.Default.AlertList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List alerts, newest first, a page at a time.").Produces<AlertList>().ProducesProblem(400);
        alerts.MapGet("/prometheus-rules", (HttpContext http, ControlDoor door, ExportAlerts use) => door.StreamAsync(http, "application/yaml; charset=utf-8", use.RunAsync))
            .WithSummary("The alert rules in force as a rule file of Prometheus.").Produces<string>(200, "application/yaml");
        alerts.MapGet("/silences", (HttpContext http, ControlDoor door, ListAlerts use) => door.RunAsync(http, ControlJson.Default.SilenceList, use.RunAsync))
            .WithSummary("List the silences that stand.").Produces<SilenceList>();
        alerts.MapPost("/silences", (HttpContext http, ControlDoor door, SilenceAlerts use) => door.RunAsync(http, ControlJson.Default.SilenceInput, ControlJson.Default.SilenceView, use.RunAsync))
            .WithSummary("Keep alerts quiet for a time.").Accepts<SilenceInput>("application/json").Produces<SilenceView>().ProducesProblem(400);
        alerts.MapPost("/silences/{silence}/end", (HttpContext http, ControlDoor door, EndSilence use, string silence) =>
            door.RunAsync(http, ControlJson.Default.SilenceView, (actor, cancellationToken) => use.RunAsync(actor, silence, cancellationToken)))
            .WithSummary("End a silence before its time.").Produces<SilenceView>().ProducesProblem(404);
    }

    /// <summary>Which alerts, as a query says it.</summary>
    /// <param name="Open">true = only those that are open.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record AlertFilter(bool? Open, string? Rule, string? Before, int? Limit)
    {
        public AlertQuery Query => new() { Open = Open ?? false, Rule = Rule, Before = Before, Limit = Limit ?? 50 };
    }
}
