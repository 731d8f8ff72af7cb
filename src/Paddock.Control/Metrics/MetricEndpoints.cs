using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Metrics;

/// <summary>The five numbers over HTTP.</summary>
internal static class MetricEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder control) =>
        control.MapGet("/metrics", (HttpContext http, ControlDoor door, ShowMetrics use, [AsParameters] MetricsFilter filter) =>
            door.RunAsync(http, ControlJson.Default.MetricsView, (actor, cancellationToken) => use.RunAsync(actor, filter.Input, cancellationToken)))
            .WithTags("Metrics").WithSummary("Show the five numbers of a window, of all and cut as asked.").Produces<MetricsView>().ProducesProblem(400).ProducesProblem(404);

    /// <summary>Which numbers, as a query says it.</summary>
    /// <param name="Window">1h, 24h, 7d or 30d.</param>
    /// <param name="By">team, mode, provider, model, agent, repository, release or person.</param>
    internal sealed record MetricsFilter(string? Window, DateTimeOffset? From, DateTimeOffset? Until, string? By, string? Team, bool? Series)
    {
        public MetricsInput Input => new() { Window = Window, From = From, Until = Until, By = By, Team = Team, Series = Series ?? false };
    }
}
