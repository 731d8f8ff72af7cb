using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Runbooks;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Runbooks;

/// <summary>
/// A run: how it goes, and what somebody has to say to it. While it goes on by itself its page loads itself anew; where somebody may be
/// typing it stays.
/// </summary>
internal sealed class RunPages(ConsoleDoor door, ShowRuns show, AnswerStep answer, UndoRun undo)
{
    public const string Pattern = "/runs/{run}";

    /// <summary>What a form asks for.</summary>
    public const string Yes = "yes", No = "no", Undo = "undo";

    private const int Seconds = 5, SecondsWhileItHolds = 60;

    public static string PathOf(string id) => $"/runs/{Uri.EscapeDataString(id)}";

    /// <summary>A run's page that does not load itself anew.</summary>
    public static string StillPathOf(string id) => PathOf(id) + "?still=yes";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, async (session, form) =>
    {
        var (message, status) = OutcomeText.Of(await UseAsync(http, session.Actor, form));
        if (message is not null)
        {
            return await ShownAsync(http, session, message, status);
        }

        http.SeeOther($"{PathOf(IdOf(http))}?done={form["do"]}{(IsStill(http) ? "&still=yes" : "")}");
        return null;
    });

    private async Task<Outcome<RunView>> UseAsync(HttpContext http, Actor actor, IFormCollection form) => form["do"].ToString() switch
    {
        Undo => await undo.RunAsync(actor, IdOf(http), new(form["why"].ToString().Trim()), http.RequestAborted),
        Yes or No => await answer.RunAsync(actor, IdOf(http), form["which"].ToString(), new(form["do"] == Yes, form["reason"].ToString().Trim()), http.RequestAborted),
        _ => new Outcome<RunView>.Invalid("do", "Choose one of the buttons."),
    };

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? fault, int status)
    {
        var outcome = await show.ShowAsync(session.Actor, IdOf(http), http.RequestAborted);
        if (outcome is not Outcome<RunView>.Done { Value: var run })
        {
            return outcome is Outcome<RunView>.Forbidden ? PlainPage.NoRole(session, ControlRoles.Viewer) : PlainPage.NotFound(session, "There is no such run.");
        }

        var still = IsStill(http);
        var isTyped = fault is not null || (RunbookWords.Waiting(run) is not null && session.Actor.May(ControlRoles.Operator));
        int? renews = still || isTyped || RunbookWords.IsOver(run) ? null : run.State is "holding" ? SecondsWhileItHolds : Seconds;
        var done = http.Request.Query["done"].ToString() switch { Yes => "You said yes.", No => "You said no: what the run did is taken back.", Undo => "What the run did is taken back.", _ => null };
        return RunPage.Page(session, run, renews, still && !RunbookWords.IsOver(run), done, fault, status);
    }

    private static bool IsStill(HttpContext http) => http.Request.Query["still"] == "yes";

    private static string IdOf(HttpContext http) => http.Request.RouteValues["run"] as string ?? "";
}
