using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Alerts;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Incidents over HTTP.</summary>
internal static class IncidentEndpoints
{
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services
        .AddSingleton<IGauges, IncidentGauge>().AddSingleton<IIncidentNotices, OpenNotices>().AddSingleton<IncidentBook>().AddSingleton<WatchIncidents>().AddSingleton<OpenIncident>().AddSingleton<ListIncidents>().AddSingleton<ShowIncident>().AddSingleton<ChangeIncident>()
        .AddSingleton<WritePostmortem>().AddSingleton<ApprovePostmortem>().AddSingleton<SetOnCall>().AddSingleton<ShowOnCall>().AddSingleton<ShowIncidentStatus>();

    public static void MapIncidents(this IEndpointRouteBuilder control)
    {
        var incidents = control.MapGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("", (HttpContext http, ControlDoor door, ListIncidents use, [AsParameters] IncidentFilter filter) =>
            door.RunAsync(http, ControlJson.Default.IncidentList, (actor, cancellationToken) => use.RunAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List incidents, newest first, a page at a time.").Produces<IncidentList>().ProducesProblem(400);
        incidents.MapPost("", (HttpContext http, ControlDoor door, OpenIncident use) => door.RunAsync(http, ControlJson.Default.OpenIncidentInput, ControlJson.Default.IncidentView, use.RunAsync))
            .WithSummary("Open an incident.").Accepts<OpenIncidentInput>("application/json").Produces<IncidentView>().ProducesProblem(400);
        incidents.MapGet("/on-call", (HttpContext http, ControlDoor door, ShowOnCall use) => door.RunAsync(http, ControlJson.Default.OnCallView, use.RunAsync))
            .WithSummary("Show who is on call.").Produces<OnCallView>();
        incidents.MapPut("/on-call", (HttpContext http, ControlDoor door, SetOnCall use) => door.RunAsync(http, ControlJson.Default.OnCallInput, ControlJson.Default.OnCallView, use.RunAsync))
            .WithSummary("Say who is on call.").Accepts<OnCallInput>("application/json").Produces<OnCallView>().ProducesProblem(400);
        incidents.MapGet("/{incident}", (HttpContext http, ControlDoor door, ShowIncident use, string incident) =>
            door.RunAsync(http, ControlJson.Default.IncidentDetails, (actor, cancellationToken) => use.RunAsync(actor, incident, cancellationToken)))
            .WithSummary("Show an incident, its timeline and its postmortem.").Produces<IncidentDetails>().ProducesProblem(404);
        incidents.MapPost("/{incident}", (HttpContext http, ControlDoor door, ChangeIncident use, string incident) =>
            door.RunAsync(http, ControlJson.Default.IncidentChangeInput, ControlJson.Default.IncidentView, (actor, input, cancellationToken) => use.RunAsync(actor, incident, input, cancellationToken)))
            .WithSummary("Do something with an incident: acknowledge it, say its ETA, update, mitigate, resolve, close it, …").Accepts<IncidentChangeInput>("application/json").Produces<IncidentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        incidents.MapPut("/{incident}/postmortem", (HttpContext http, ControlDoor door, WritePostmortem use, string incident) =>
            door.RunAsync(http, ControlJson.Default.PostmortemInput, ControlJson.Default.IncidentView, (actor, input, cancellationToken) => use.RunAsync(actor, incident, input, cancellationToken)))
            .WithSummary("Write the postmortem.").Accepts<PostmortemInput>("application/json").Produces<IncidentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        incidents.MapPost("/{incident}/postmortem/approve", (HttpContext http, ControlDoor door, ApprovePostmortem use, string incident, int? version) =>
            door.RunAsync(http, ControlJson.Default.IncidentView, (actor, cancellationToken) => use.RunAsync(actor, incident, version, cancellationToken)))
            .WithSummary("Approve the postmortem of somebody else.").Produces<IncidentView>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>Which incidents, as a query says it.</summary>
    /// <param name="Open">true = only those that are open.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record IncidentFilter(bool? Open, string? Before, int? Limit)
    {
        public IncidentQuery Query => new() { Open = Open ?? false, Before = Before, Limit = Limit ?? 50 };
    }
}
