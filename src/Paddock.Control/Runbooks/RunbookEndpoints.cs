using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Control.Incidents;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Runbooks;

/// <summary>Runbooks, their runs and drills over HTTP.</summary>
internal static class RunbookEndpoints
{
    public static IServiceCollection AddRunbooks(this IServiceCollection services)
    {
        services.AddSingleton<RunChecks>().AddSingleton<RecentChanges>().AddSingleton<StepEffects>().AddSingleton<RunbookBook>();
        services.AddSingleton(static p => new CarryOutRuns(
            p.GetRequiredService<IRuns>(), p.GetRequiredService<StepEffects>(), p.GetRequiredService<RunChecks>(), p.GetRequiredService<RunbookBook>(), p.GetRequiredService<IIncidents>(), p.GetRequiredService<IncidentBook>(),
            p.GetRequiredService<INotifications>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<CarryOutRuns>>()));
        services.AddSingleton(static p => new AnswerAlerts(
            p.GetRequiredService<IAlerts>(), p.GetRequiredService<IIncidents>(), p.GetRequiredService<RunbookBook>(), p.GetRequiredService<IRuns>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<AnswerAlerts>>()));
        services.AddSingleton(static p => new ListRunbooks(p.GetRequiredService<RunbookBook>()));
        services.AddSingleton(static p => new StartRun(
            p.GetRequiredService<RunbookBook>(), p.GetRequiredService<IRuns>(), p.GetRequiredService<IIncidents>(), p.GetRequiredService<IIdentities>(), p.GetRequiredService<ISnapshots>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static p => new RunDrill(p.GetRequiredService<RunbookBook>(), p.GetRequiredService<IDrills>(), p.GetRequiredService<IDrillBook>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<RunDrill>>()));
        return services.AddSingleton<ShowRuns>().AddSingleton<AnswerStep>().AddSingleton<UndoRun>().AddSingleton<ListMitigations>().AddSingleton<EndMitigation>();
    }

    public static void MapRunbooks(this IEndpointRouteBuilder control)
    {
        var runbooks = control.MapGroup("/runbooks").WithTags("Runbooks");
        runbooks.MapGet("", (HttpContext http, ControlDoor door, ListRunbooks use) => door.RunAsync(http, ControlJson.Default.RunbookList, use.RunAsync))
            .WithSummary("List the runbooks in force, each with its badge and last drill.").Produces<RunbookList>();
        runbooks.MapPost("/{name}/drill", (HttpContext http, ControlDoor door, RunDrill use, string name) =>
            door.RunAsync(http, ControlJson.Default.DrillView, (actor, cancellationToken) => use.RunAsync(actor, name, cancellationToken)))
            .WithSummary("Rehearse a runbook in an installation of its own, and keep what it came to.").Produces<DrillView>().ProducesProblem(404).ProducesProblem(409);
        runbooks.MapGet("/{name}/drill", (HttpContext http, ControlDoor door, RunDrill use, string name) =>
            door.RunAsync(http, ControlJson.Default.DrillStatus, (actor, cancellationToken) => use.StatusAsync(actor, name, cancellationToken)))
            .WithSummary("Show the drill that runs now, and past ones of a runbook.").Produces<DrillStatus>();
        MapRuns(control);
        var mitigations = control.MapGroup("/mitigations").WithTags("Runbooks");
        mitigations.MapGet("", (HttpContext http, ControlDoor door, ListMitigations use) => door.RunAsync(http, ControlJson.Default.MitigationList, use.RunAsync))
            .WithSummary("List what is served otherwise than the release says.").Produces<MitigationList>();
        mitigations.MapPost("/{mitigation}/end", (HttpContext http, ControlDoor door, EndMitigation use, string mitigation) =>
            door.RunAsync(http, ControlJson.Default.MitigationView, (actor, cancellationToken) => use.RunAsync(actor, mitigation, cancellationToken)))
            .WithSummary("End a mitigation before its time.").Produces<MitigationView>().ProducesProblem(404);
    }

    private static void MapRuns(IEndpointRouteBuilder control)
    {
        var runs = control.MapGroup("/runs").WithTags("Runbooks");
        runs.MapPost("", (HttpContext http, ControlDoor door, StartRun use) => door.RunAsync(http, ControlJson.Default.RunInput, ControlJson.Default.RunView, use.RunAsync))
            .WithSummary("Begin a run of a runbook.").Accepts<RunInput>("application/json").Produces<RunView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        runs.MapPost("/preview", (HttpContext http, ControlDoor door, StartRun use) => door.RunAsync(http, ControlJson.Default.RunInput, ControlJson.Default.RunPlan, use.PreviewAsync))
            .WithSummary("Show what a run would do now; nothing is done.").Accepts<RunInput>("application/json").Produces<RunPlan>().ProducesProblem(400).ProducesProblem(404);
        runs.MapGet("", (HttpContext http, ControlDoor door, ShowRuns use, [AsParameters] RunFilter filter) =>
            door.RunAsync(http, ControlJson.Default.RunList, (actor, cancellationToken) => use.ListAsync(actor, filter.Query, cancellationToken)))
            .WithSummary("List runs, newest first, a page at a time.").Produces<RunList>().ProducesProblem(400);
        runs.MapGet("/{run}", (HttpContext http, ControlDoor door, ShowRuns use, string run) => door.RunAsync(http, ControlJson.Default.RunView, (actor, cancellationToken) => use.ShowAsync(actor, run, cancellationToken)))
            .WithSummary("Show a run.").Produces<RunView>().ProducesProblem(404);
        runs.MapPost("/{run}/steps/{step}/answer", (HttpContext http, ControlDoor door, AnswerStep use, string run, string step) =>
            door.RunAsync(http, ControlJson.Default.AnswerInput, ControlJson.Default.RunView, (actor, input, cancellationToken) => use.RunAsync(actor, run, step, input, cancellationToken)))
            .WithSummary("Say yes or no to a step that waits.").Accepts<AnswerInput>("application/json").Produces<RunView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        runs.MapPost("/{run}/undo", (HttpContext http, ControlDoor door, UndoRun use, string run) =>
            door.RunAsync(http, ControlJson.Default.UndoInput, ControlJson.Default.RunView, (actor, input, cancellationToken) => use.RunAsync(actor, run, input, cancellationToken)))
            .WithSummary("Take back what a run did, the last step first.").Accepts<UndoInput>("application/json").Produces<RunView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>Which runs, as a query says it.</summary>
    /// <param name="Open">true = only those that are not over.</param>
    /// <param name="Before">The <c>next</c> of the page before.</param>
    internal sealed record RunFilter(bool? Open, string? Runbook, string? Incident, string? Before, int? Limit)
    {
        public RunQuery Query => new() { Open = Open ?? false, Runbook = Runbook, Incident = Incident, Before = Before, Limit = Limit ?? 50 };
    }
}
