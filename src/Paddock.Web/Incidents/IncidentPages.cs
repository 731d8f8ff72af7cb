using System.Globalization;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Alerts;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Incidents;

/// <summary>Incidents: the list, and each with its timeline, what there is to do, and its postmortem.</summary>
internal sealed class IncidentPages(ConsoleDoor door, ListIncidents list, ShowIncident show, OpenIncident open, ChangeIncident change, WritePostmortem write, ApprovePostmortem approve, ShowOnCall onCall, SetOnCall setOnCall, ListAlerts alerts, ShowRuns runs)
{
    public const string Path = IncidentId.Path;

    public const string Pattern = Path + "/{incident}";

    /// <summary>What a form asks for.</summary>
    public const string Open = "open", OnCall = "on-call", Approve = "approve";

    private const int MostOpen = 200, PageSize = 50, MostAlerts = 1_000, SecondsInHour = 3_600;

    public static string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    public Task ListAsync(HttpContext http) => door.ShowAsync(http, session => ListedAsync(http, session, http.Request.Query["done"] == OnCall ? "Saved." : null, fault: null, StatusCodes.Status200OK));

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, http.Request.Query["done"].Count > 0 ? "Done." : null, fault: null, StatusCodes.Status200OK));

    /// <summary>Opens one, or says who is on call.</summary>
    public Task TakeListAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        if (form["do"] == OnCall)
        {
            long? seconds = int.TryParse(form["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? (long)hours * SecondsInHour : null;
            var (refused, code) = OutcomeText.Of(await setOnCall.RunAsync(session.Actor, new(form["user"].ToString().Trim(), seconds), http.RequestAborted));
            return refused is null ? Onward(http, $"{Path}?done={OnCall}") : await ListedAsync(http, session, done: null, refused, code);
        }

        var outcome = await open.RunAsync(session.Actor, OpeningOf(form), http.RequestAborted);
        var (fault, status) = OutcomeText.Of(outcome);
        return outcome is Outcome<IncidentView>.Done { Value: var opened } ? Onward(http, PathOf(opened.Id)) : await ListedAsync(http, session, done: null, fault, status);
    });

    /// <summary>Does something with one.</summary>
    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        var (id, actor) = (IdOf(http), session.Actor);
        return await AnsweredAsync(http, session, form["do"] == Approve ? await approve.RunAsync(actor, id, PostedPostmortem.VersionOf(form), http.RequestAborted) : await change.RunAsync(actor, id, ChangeOf(form), http.RequestAborted));
    });

    public Task TakePostmortemAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
        await AnsweredAsync(http, session, await write.RunAsync(session.Actor, IdOf(http), PostedPostmortem.Of(form), http.RequestAborted)));

    private async Task<Page?> AnsweredAsync(HttpContext http, ConsoleSession session, Outcome<IncidentView> outcome)
    {
        var (fault, status) = OutcomeText.Of(outcome);
        return fault is null ? Onward(http, $"{PathOf(IdOf(http))}?done=yes") : await ShownAsync(http, session, done: null, fault, status);
    }

    private static Page? Onward(HttpContext http, string path)
    {
        http.SeeOther(path);
        return null;
    }

    private static OpenIncidentInput OpeningOf(IFormCollection form) => new()
    {
        Title = form["title"].ToString().Trim(),
        Severity = form["severity"].ToString(),
        EtaSeconds = SecondsOf(form) ?? 0,
        Owner = Said(form["owner"]),
        Scopes = [.. form["scopes"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        Notice = Said(form["notice"]),
    };

    /// <summary>What is linked says itself which of the two it is.</summary>
    private static IncidentChangeInput ChangeOf(IFormCollection form)
    {
        var (deed, link) = (form["do"].ToString(), Said(form["link"]));
        return deed switch
        {
            "link" when link?.StartsWith("alr_", StringComparison.Ordinal) is true => new() { Do = "alert", Alert = link },
            "link" => new() { Do = "release", Release = link },
            "eta" or "severity" or "notice" => new() { Do = deed, Text = Said(form[$"{deed}-text"]), EtaSeconds = SecondsOf(form), Severity = Said(form["severity"]) },
            _ => new() { Do = deed, Text = PostedPostmortem.Lines(form["text"]), Owner = Said(form["owner"]) },
        };
    }

    private async Task<Page> ListedAsync(HttpContext http, ConsoleSession session, string? done, string? fault, int status)
    {
        var (actor, aborted) = (session.Actor, http.RequestAborted);
        return await list.RunAsync(actor, new() { Open = true, Limit = MostOpen }, aborted) is Outcome<IncidentList>.Done { Value: var open }
            && await list.RunAsync(actor, new() { Before = Said(http.Request.Query["before"]), Limit = PageSize }, aborted) is Outcome<IncidentList>.Done { Value: var all }
            && await onCall.RunAsync(actor, aborted) is Outcome<OnCallView>.Done { Value: var duty }
            ? IncidentsPage.Page(session, open.Incidents, all, duty, done, fault, status)
            : PlainPage.NoRole(session, ControlRoles.Viewer);
    }

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? done, string? fault, int status)
    {
        switch (await show.RunAsync(session.Actor, IdOf(http), http.RequestAborted))
        {
            case Outcome<IncidentDetails>.Done { Value: var details }:
                var linked = details.Incident.Alerts.Count > 0 && await alerts.RunAsync(session.Actor, new() { Limit = MostAlerts }, http.RequestAborted) is Outcome<AlertList>.Done { Value: var all }
                    ? all.Alerts.Where(one => details.Incident.Alerts.Contains(one.Id)).ToList() : [];
                var carried = await runs.ListAsync(session.Actor, new() { Incident = details.Incident.Id }, http.RequestAborted) is Outcome<RunList>.Done { Value: var begun } ? begun.Runs : [];
                return IncidentPage.Page(session, details, linked, carried, done, fault, status);
            case Outcome<IncidentDetails>.NotFound:
                return PlainPage.NotFound(session, "There is no such incident.");
            default:
                return PlainPage.NoRole(session, ControlRoles.Viewer);
        }
    }

    private static long? SecondsOf(IFormCollection form) => long.TryParse(form["eta"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static string IdOf(HttpContext http) => http.Request.RouteValues["incident"] as string ?? "";

    private static string? Said(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
