using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Web.Agents;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>One of the people or service accounts. What may be done to them is decided by the use cases.</summary>
internal sealed class PersonPages(ConsoleDoor door, ShowUser show, ChangeUser change, InvitePerson invite, EndSession end, RevokeKey revoke, PersonClients clients, IIdentityProvider provider)
{
    public const string Pattern = PeoplePages.Path + "/{name}";

    public static string PathOf(UserView user) => PathOf(user.Name);

    public static string PathOf(string name) => $"{PeoplePages.Path}/{Uri.EscapeDataString(name)}";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, session => ShownAsync(http, session, Deeds.Said(http.Request.Query["done"]), fault: null, StatusCodes.Status200OK));

    public Task TakeAsync(HttpContext http) => door.TakeAsync(http, (session, form) =>
    {
        var (actor, name, deed, which, aborted) = (session.Actor, NameOf(http), form["do"].ToString(), form["which"].ToString(), http.RequestAborted);
        return deed switch
        {
            Deeds.Change => DoneAsync(http, session, deed, change.RunAsync(actor, name, InputOf(form), aborted)),
            Deeds.Disable or Deeds.Enable => DoneAsync(http, session, deed, change.RunAsync(actor, name, new() { Disabled = deed == Deeds.Disable }, aborted)),
            Deeds.Invite => InvitedAsync(http, session, name),
            Deeds.EndSession => DoneAsync(http, session, deed, end.RunAsync(actor, which, aborted)),
            Deeds.EndAll => DoneAsync(http, session, deed, end.AllAsync(actor, name, aborted)),
            Deeds.RevokeKey => DoneAsync(http, session, deed, revoke.RunAsync(actor, which, aborted)),
            _ => NothingAsync(http, session),
        };
    });

    private async Task<Page?> InvitedAsync(HttpContext http, ConsoleSession session, string name)
    {
        var outcome = await invite.RunAsync(session.Actor, name, http.RequestAborted);
        var (message, status) = OutcomeText.Of(outcome);
        return outcome is Outcome<Invitation>.Done { Value: var made } ? InvitedPage.Of(session, made, RequestOrigin.Of(http.Request)) : await ShownAsync(http, session, done: null, message, status);
    }

    private async Task<Page?> DoneAsync<T>(HttpContext http, ConsoleSession session, string deed, Task<Outcome<T>> use)
    {
        var (message, status) = OutcomeText.Of(await use);
        if (message is not null)
        {
            return await ShownAsync(http, session, done: null, message, status);
        }

        http.SeeOther($"{http.Request.Path}?done={deed}");
        return null;
    }

    private async Task<Page?> NothingAsync(HttpContext http, ConsoleSession session) => await ShownAsync(http, session, done: null, "Choose one of the buttons.", StatusCodes.Status400BadRequest);

    private async Task<Page> ShownAsync(HttpContext http, ConsoleSession session, string? done, string? fault, int status) => await show.RunAsync(session.Actor, NameOf(http), http.RequestAborted) switch
    {
        Outcome<UserDetails>.Done { Value: var details } => PersonPage.Page(session, details, await clients.OfAsync(session.Actor, details.User.Id, http.RequestAborted), provider.Name is not null, done, fault, status),
        Outcome<UserDetails>.Forbidden => PlainPage.NoRole(session, ControlRoles.Viewer),
        _ => PlainPage.NotFound(session, "There is no such person or service account."),
    };

    /// <summary>What is asked for, and what it was asked upon: another page may have been open for longer.</summary>
    private static ChangeUserInput InputOf(IFormCollection form) => new()
    {
        Teams = PeoplePages.WordsOf(form["teams"]),
        Roles = [.. form["role"].OfType<string>()],
        Was = form.ContainsKey(AccessForm.WasTeams) ? new(PeoplePages.WordsOf(form[AccessForm.WasTeams]), PeoplePages.WordsOf(form[AccessForm.WasRoles])) : null,
    };

    private static string NameOf(HttpContext http) => http.Request.RouteValues["name"] as string ?? "";
}
