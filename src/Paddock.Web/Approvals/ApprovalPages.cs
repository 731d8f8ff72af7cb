using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Approvals;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Approvals;

/// <summary>
/// The approver's page: what waits, what exactly is asked and why, yes or no. It calls the same use cases as the HTTP API; who may do
/// what is decided there.
/// </summary>
internal sealed class ApprovalPages(ConsoleSessions sessions, SignInPages signIn, ListApprovals list, ShowApproval show, ApproveRequest approve, DenyRequest deny, OverrideRefusal letPass)
{
    private const int RecentCount = 20;

    public async Task InboxAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { } session)
        {
            await signIn.Asked(http).WriteAsync(http);
            return;
        }

        var pending = await list.RunAsync(session.Actor, new() { State = ApprovalState.Pending, Limit = 200 }, http.RequestAborted);
        var recent = await list.RunAsync(session.Actor, new() { Limit = RecentCount }, http.RequestAborted);
        await ((pending, recent) is (Outcome<ApprovalList>.Done waiting, Outcome<ApprovalList>.Done all)
            ? InboxPage.Of(session, waiting.Value, all.Value)
            : PlainPage.NoRole(session, ControlRoles.Approver)).WriteAsync(http);
    }

    public async Task ShowAsync(HttpContext http)
    {
        var id = IdOf(http);
        await (sessions.Of(http) is not { } session ? signIn.Asked(http) : await ShownAsync(http, session, id, message: null, StatusCodes.Status200OK)).WriteAsync(http);
    }

    public async Task DecideAsync(HttpContext http)
    {
        var id = IdOf(http);
        if (sessions.Of(http) is not { } session)
        {
            await signIn.Asked(http, "Your session has ended. Sign in, then decide.").WriteAsync(http);
            return;
        }

        if (await PostedForm.ReadOursAsync(http, session) is not { } form)
        {
            await PlainPage.NotOurs(session).WriteAsync(http);
            return;
        }

        var (message, status) = OutcomeText.Of(await UseAsync(http, session.Actor, id, form));
        if (message is null)
        {
            http.SeeOther($"{ApprovalLinks.Path}/{id}");
            return;
        }

        await (await ShownAsync(http, session, id, message, status)).WriteAsync(http);
    }

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? id, string? message, int status)
    {
        var outcome = id is null ? new Outcome<ApprovalView>.NotFound("") : await show.RunAsync(session.Actor, id, http.RequestAborted);
        return outcome switch
        {
            Outcome<ApprovalView>.Done { Value: var view } => RequestPage.Of(session, view, message, status),
            Outcome<ApprovalView>.Forbidden => PlainPage.NoRole(session, ControlRoles.Approver),
            _ => PlainPage.NotFound(session, "There is no such approval."),
        };
    }

    private async Task<Outcome<ApprovalView>> UseAsync(HttpContext http, Actor actor, string? id, IFormCollection form)
    {
        var reason = form["reason"].ToString() is { Length: > 0 } text ? text : null;
        return (id, form["decision"].ToString()) switch
        {
            (null, _) => new Outcome<ApprovalView>.NotFound(""),
            (_, "approve") => await approve.RunAsync(actor, id, new(reason), http.RequestAborted),
            (_, "grant") => await approve.RunAsync(actor, id, new(reason, Grant: true), http.RequestAborted),
            (_, "deny") => await deny.RunAsync(actor, id, new(reason), http.RequestAborted),
            (_, "override") => await letPass.RunAsync(actor, id, new(reason), http.RequestAborted),
            _ => new Outcome<ApprovalView>.Invalid("decision", "Choose one of the buttons."),
        };
    }

    private static string? IdOf(HttpContext http) => ApprovalId.TryParse(http.Request.RouteValues["approval"] as string, out var id) ? id.Value : null;
}
