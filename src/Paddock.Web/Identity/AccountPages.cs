using System.Globalization;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Web.Agents;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>Everybody's own page: who they are here, what is signed in as them, their keys, and how to attach an agent.</summary>
internal sealed class AccountPages(ConsoleDoor door, ShowUser show, CreateOwnKey create, RotateOwnKey rotate, RevokeOwnKey revoke, EndSession end, EndOtherSessions endOthers, SessionLifetimes lifetimes, PersonClients clients)
{
    public const string Path = "/account";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, Deeds.Said(http.Request.Query["done"]), fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, (session, form) =>
    {
        var (deed, which) = (form["do"].ToString(), form["which"].ToString());
        return deed switch
        {
            Deeds.MakeKey => MadeAsync(http, session, create.RunAsync(session.Actor, InputOf(form), http.RequestAborted)),
            Deeds.RotateKey => MadeAsync(http, session, rotate.RunAsync(session.Actor, which, http.RequestAborted)),
            Deeds.RevokeKey => DoneAsync(http, session, deed, revoke.RunAsync(session.Actor, which, http.RequestAborted)),
            Deeds.EndSession => DoneAsync(http, session, deed, end.RunAsync(session.Actor, which, http.RequestAborted)),
            Deeds.EndOthers => DoneAsync(http, session, deed, endOthers.RunAsync(session.Actor, http.RequestAborted)),
            _ => NothingAsync(http, session),
        };
    });

    private async Task<Page?> MadeAsync(HttpContext http, ConsoleSession session, Task<Outcome<NewKey>> use)
    {
        var outcome = await use;
        var (message, status) = OutcomeText.Of(outcome);
        return outcome is Outcome<NewKey>.Done { Value: var made } ? NewKeyPage.Of(session, made) : await ShownAsync(http, session, done: null, message, status);
    }

    private async Task<Page?> DoneAsync<T>(HttpContext http, ConsoleSession session, string deed, Task<Outcome<T>> use)
    {
        var (message, status) = OutcomeText.Of(await use);
        if (message is not null)
        {
            return await ShownAsync(http, session, done: null, message, status);
        }

        http.SeeOther($"{Path}?done={deed}");
        return null;
    }

    private async Task<Page?> NothingAsync(HttpContext http, ConsoleSession session) => await ShownAsync(http, session, done: null, "Choose one of the buttons.", StatusCodes.Status400BadRequest);

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? done, string? fault, int status) =>
        await show.RunAsync(session.Actor, session.Actor.Id, http.RequestAborted) is Outcome<UserDetails>.Done { Value: var details }
            ? AccountPage.Page(session, details, await clients.OfAsync(session.Actor, details.User.Id, http.RequestAborted), (int)lifetimes.OwnKeys.TotalDays, RequestOrigin.Of(http.Request), done, fault, status)
            : PlainPage.NotFound(session, "Your account is no longer here.");

    private static CreateOwnKeyInput InputOf(IFormCollection form) => new()
    {
        Name = form["name"].ToString().Trim(),
        Tools = form["tools"] == "yes",
        Days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0,
    };
}
