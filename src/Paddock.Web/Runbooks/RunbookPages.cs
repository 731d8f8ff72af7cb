using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Runbooks;

/// <summary>The runbooks in force, what they have mitigated, and each of them with its drills.</summary>
internal sealed class RunbookPages(ConsoleDoor door, ListRunbooks list, ListMitigations mitigations, EndMitigation end, ShowRuns runs, StartRun start, RunDrill drill, ListIncidents incidents)
{
    public const string Path = "/runbooks";

    public const string Pattern = Path + "/{runbook}";

    /// <summary>What a form asks for.</summary>
    public const string End = "end", Preview = "preview", Begin = "begin", Drill = "drill";

    /// <summary>What the fields of a runbook's parameters begin with.</summary>
    public const string Parameter = "parameter.";

    private const int MostOpen = 100, MostRuns = 10, SecondsOfDrill = 3;

    private static readonly RunInput nothing = new() { Runbook = "" };

    public static string PathOf(string name) => $"{Path}/{Uri.EscapeDataString(name)}";

    public Task ListAsync(HttpContext http) => door.ShowAsync(http, session => ListedAsync(http, session, fault: null, StatusCodes.Status200OK));

    public Task TakeListAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        Outcome<MitigationView> outcome = form["do"] == End ? await end.RunAsync(session.Actor, form["which"].ToString(), http.RequestAborted) : new Outcome<MitigationView>.Invalid("do", "Choose one of the buttons.");
        var (message, status) = OutcomeText.Of(outcome);
        if (message is not null)
        {
            return await ListedAsync(http, session, message, status);
        }

        http.SeeOther($"{Path}?done={End}");
        return null;
    });

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, nothing, plan: null, fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        var (actor, input) = (session.Actor, InputOf(http, form));
        switch (form["do"].ToString())
        {
            case Preview:
                var preview = await start.PreviewAsync(actor, input, http.RequestAborted);
                var (fault, status) = OutcomeText.Of(preview);
                return await ShownAsync(http, session, input, preview is Outcome<RunPlan>.Done { Value: var plan } ? plan : null, fault, status);
            case Begin:
                var begun = await start.RunAsync(actor, input, http.RequestAborted);
                return await SentOnAsync(http, session, input, begun, begun is Outcome<RunView>.Done { Value: var run } ? RunPages.PathOf(run.Id) : "");
            case Drill:
                return await SentOnAsync(http, session, input, await drill.StartAsync(actor, input.Runbook, http.RequestAborted), PathOf(input.Runbook));
            default:
                return await ShownAsync(http, session, input, plan: null, "Choose one of the buttons.", StatusCodes.Status400BadRequest);
        }
    });

    private static RunInput InputOf(HttpContext http, IFormCollection form) => new()
    {
        Runbook = NameOf(http),
        Parameters = form.Where(static one => one.Key.StartsWith(Parameter, StringComparison.Ordinal) && one.Value.ToString().Trim().Length > 0)
            .ToDictionary(static one => one.Key[Parameter.Length..], static one => one.Value.ToString().Trim(), StringComparer.Ordinal),
        Incident = form["incident"].ToString() is { Length: > 0 } incident ? incident : null,
        Auto = form["auto"] == "yes",
    };

    /// <summary>To where it is seen, or back to the form with what was wrong.</summary>
    private async Task<Page?> SentOnAsync<T>(HttpContext http, ConsoleSession session, RunInput input, Outcome<T> outcome, string path)
    {
        var (message, status) = OutcomeText.Of(outcome);
        if (message is not null)
        {
            return await ShownAsync(http, session, input, plan: null, message, status);
        }

        http.SeeOther(path);
        return null;
    }

    private async Task<Page> ListedAsync(HttpContext http, ConsoleSession session, string? fault, int status)
    {
        var (actor, aborted) = (session.Actor, http.RequestAborted);
        if (await list.RunAsync(actor, aborted) is not Outcome<RunbookList>.Done { Value: var found }
            || await mitigations.RunAsync(actor, aborted) is not Outcome<MitigationList>.Done { Value: var standing }
            || await runs.ListAsync(actor, new() { Open = true, Limit = MostOpen }, aborted) is not Outcome<RunList>.Done { Value: var open })
        {
            return PlainPage.NoRole(session, ControlRoles.Viewer);
        }

        var done = http.Request.Query["done"] == End ? "It has ended." : null;
        return RunbooksPage.Page(session, found.Runbooks, open.Runs, standing.Mitigations, done, fault, status);
    }

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, RunInput asked, RunPlan? plan, string? fault, int status)
    {
        var (actor, name, aborted) = (session.Actor, NameOf(http), http.RequestAborted);
        if (await list.RunAsync(actor, aborted) is not Outcome<RunbookList>.Done { Value: var found }
            || await drill.StatusAsync(actor, name, aborted) is not Outcome<DrillStatus>.Done { Value: var drills }
            || await runs.ListAsync(actor, new() { Runbook = name, Limit = MostRuns }, aborted) is not Outcome<RunList>.Done { Value: var past }
            || await incidents.RunAsync(actor, new() { Open = true, Limit = MostOpen }, aborted) is not Outcome<IncidentList>.Done { Value: var open })
        {
            return PlainPage.NoRole(session, ControlRoles.Viewer);
        }

        if (found.Runbooks.FirstOrDefault(one => one.Name == name) is not { } runbook)
        {
            return PlainPage.NotFound(session, "The release in force has no such runbook.");
        }

        var (still, isDrilled) = (http.Request.Query["still"] == "yes", drills.Running?.Runbook == name);
        var shown = new RunbookShown(runbook, drills, past.Runs, [.. open.Incidents.Select(static one => (one.Id, $"{one.Severity} {one.Title}"))], asked)
        {
            Plan = plan,
            Fault = fault,
            Still = still && isDrilled,
            Renews = isDrilled && !still && HttpMethods.IsGet(http.Request.Method) ? SecondsOfDrill : null,
        };
        return RunbookPage.Page(session, shown, status);
    }

    private static string NameOf(HttpContext http) => http.Request.RouteValues["runbook"] as string ?? "";
}
