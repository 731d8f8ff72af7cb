using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>
/// An agent opens the browser; whoever sits there signs in if need be, sees which program asks for which account, and says yes or no. A page
/// alone gives nothing away: it takes a click in a form of ours.
/// </summary>
internal sealed class AgentSignInPages(IEnumerable<ISignInClient> clients, ConsoleSessions sessions, SignInPages signIn, GrantSession grant)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var client in clients)
        {
            foreach (var path in client.Paths)
            {
                routes.MapGet(path, (RequestDelegate)(http => ShowAsync(http, client)));
                routes.MapPost(path, (RequestDelegate)(http => AnswerAsync(http, client)));
            }
        }
    }

    private Task ShowAsync(HttpContext http, ISignInClient client) => client.Read(Query(http)) switch
    {
        SignInQuestion.Told told => PlainPage.Of(null, told.Title, told.Message, StatusCodes.Status200OK).WriteAsync(http),
        SignInQuestion.Asked asked when sessions.Of(http) is { } session => ConsentPage.Of(session, http.Request.Path + http.Request.QueryString, asked.Request.What, asked.Return, shown: null).WriteAsync(http),
        SignInQuestion.Asked asked => signIn.Asked(http, $"{asked.Request.What} asks to act for you. Sign in first.").WriteAsync(http),
        var other => RefuseAsync(http, other),
    };

    private async Task AnswerAsync(HttpContext http, ISignInClient client)
    {
        if (client.Read(Query(http)) is not SignInQuestion.Asked asked)
        {
            await RefuseAsync(http, client.Read(Query(http)));
            return;
        }

        if (sessions.Of(http) is not { } session)
        {
            await signIn.Asked(http, "Your session has ended. Sign in again.").WriteAsync(http);
            return;
        }

        if (await PostedForm.ReadOursAsync(http, session) is not { } form)
        {
            await PlainPage.NotOurs(session).WriteAsync(http);
            return;
        }

        await (form["answer"] == "yes" ? await GrantedAsync(http, client, asked, session) : Denied(client, asked, session)).WriteAsync(http);
    }

    private async Task<Page> GrantedAsync(HttpContext http, ISignInClient client, SignInQuestion.Asked asked, ConsoleSession session) =>
        await grant.RunAsync(session.Actor, asked.Request, RequestSource.Of(http), http.RequestAborted) switch
        {
            Outcome<SessionGrant>.Done { Value: var given } => GrantedPage.Of(session, asked.Request.What, client.Granted(asked, given)),
            Outcome<SessionGrant>.NotAllowed refused => PlainPage.Of(session, "Not done", refused.Message, StatusCodes.Status403Forbidden),
            Outcome<SessionGrant>.Conflict conflict => PlainPage.Of(session, "Not done", conflict.Message, StatusCodes.Status409Conflict),
            _ => PlainPage.Of(session, "Not done", "Try again soon.", StatusCodes.Status503ServiceUnavailable),
        };

    private static Page Denied(ISignInClient client, SignInQuestion.Asked asked, ConsoleSession session) =>
        PlainPage.Of(session, "You said no", "Nothing was given to the program. You can close this window.", StatusCodes.Status200OK) with { Onward = client.Denied(asked) };

    private static Task RefuseAsync(HttpContext http, SignInQuestion question) =>
        PlainPage.Of(null, "This sign-in cannot be done", question is SignInQuestion.Refused refused ? refused.Message : "Begin again.", StatusCodes.Status400BadRequest).WriteAsync(http);

    private static Func<string, string?> Query(HttpContext http) => name => http.Request.Query[name] is [{ } one] ? one : null;
}
