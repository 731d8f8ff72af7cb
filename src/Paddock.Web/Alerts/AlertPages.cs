using System.Globalization;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Alerts;

/// <summary>Alerts that are open, what keeps some of them quiet, and those that are over.</summary>
internal sealed class AlertPages(ConsoleDoor door, ListAlerts list, SilenceAlerts silence, EndSilence end, ISnapshots snapshots)
{
    public const string Path = "/alerts";

    /// <summary>What a form asks for.</summary>
    public const string Silence = "silence", End = "end-silence";

    private const int MostOpen = 200, PageSize = 50, SecondsInHour = 3_600;

    public static string PathOf(string next) => $"{Path}?before={Uri.EscapeDataString(next)}";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        var outcome = form["do"] == End
            ? await end.RunAsync(session.Actor, form["which"].ToString(), http.RequestAborted)
            : await silence.RunAsync(session.Actor, InputOf(form), http.RequestAborted);
        var (message, status) = OutcomeText.Of(outcome);
        if (message is not null)
        {
            return await ShownAsync(http, session, message, status);
        }

        http.SeeOther($"{Path}?done={(form["do"] == End ? End : Silence)}");
        return null;
    });

    private static SilenceInput InputOf(IFormCollection form) => new()
    {
        Rule = Said(form["rule"]),
        Subject = Said(form["subject"]),
        Reason = form["reason"].ToString().Trim(),
        ForSeconds = int.TryParse(form["hours"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? (long)hours * SecondsInHour : 0,
    };

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? fault, int status)
    {
        var (actor, query, aborted) = (session.Actor, http.Request.Query, http.RequestAborted);
        if (await list.RunAsync(actor, new() { Open = true, Limit = MostOpen }, aborted) is not Outcome<AlertList>.Done { Value: var open }
            || await list.RunAsync(actor, new() { Before = Said(query["before"]), Limit = PageSize }, aborted) is not Outcome<AlertList>.Done { Value: var all }
            || await list.RunAsync(actor, aborted) is not Outcome<SilenceList>.Done { Value: var silences })
        {
            return PlainPage.NoRole(session, ControlRoles.Viewer);
        }

        var done = query["done"].ToString() switch { Silence => "Nobody is told of these until then.", End => "The silence has ended.", _ => null };
        return AlertsPage.Page(session, open.Alerts, all, silences.Silences, [.. snapshots.Current.AlertRules.Where(static rule => rule.Enabled).Select(static rule => rule.Name)], done, fault, status);
    }

    private static string? Said(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
