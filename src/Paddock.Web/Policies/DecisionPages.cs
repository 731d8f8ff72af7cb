using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Policies;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Policies;

/// <summary>One decision on a tool call, explained.</summary>
internal sealed class DecisionPages(ConsoleDoor door, ShowDecision show, ExplainDecision explain)
{
    public const string Path = "/decisions";

    public const string Pattern = Path + "/{decision}";

    public static string PathOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, async session =>
    {
        var (actor, id, aborted) = (session.Actor, http.Request.RouteValues["decision"] as string ?? "", http.RequestAborted);
        if (await show.RunAsync(actor, id, aborted) is not Outcome<DecisionView>.Done { Value: var decision })
        {
            return actor.May(ControlRoles.Viewer) ? PlainPage.NotFound(session, "There is no such decision; what is older than it is kept is gone.") : PlainPage.NoRole(session, ControlRoles.Viewer);
        }

        var explained = await explain.RunAsync(actor, new() { Decision = id }, aborted);
        return DecisionPage.Page(session, decision, (explained as Outcome<ExplanationView>.Done)?.Value, OutcomeText.Of(explained).Message);
    });
}
