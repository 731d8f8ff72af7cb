using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>Coming in by the identity provider: there and back.</summary>
internal sealed class ProviderPages(ConsoleSessions sessions, BegunSignIns begun, SignInExternally signIn, IIdentityProvider provider, ILogger<ProviderPages> logger)
{
    /// <summary>Sends the browser to the provider. That a link elsewhere may begin it does no harm: what it begins ends in this browser only.</summary>
    public async Task BeginAsync(HttpContext http)
    {
        if (provider.Name is null)
        {
            await PlainPage.Of(null, "Not found", "No identity provider is configured here.", StatusCodes.Status404NotFound).WriteAsync(http);
            return;
        }

        try
        {
            var redirect = new Uri(RequestOrigin.Of(http.Request) + SignInPaths.Callback);
            var sign = await provider.BeginAsync(redirect, http.RequestAborted);
            begun.Keep(http, sign, OwnPath.WithQuery(http.Request.Query["next"]) ?? "/", http.Request.Query["ticket"] is [{ Length: < 100 } ticket] ? ticket : null);
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Redirect(sign.Address.AbsoluteUri);
        }
        catch (IdentityProviderException fault)
        {
            Log.ProviderFailed(logger, fault);
            await FailedAsync(http, fault.Message, StatusCodes.Status502BadGateway);
        }
    }

    /// <summary>The browser comes back, with a code or an error.</summary>
    public async Task CompleteAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (begun.Take(http, query["state"].ToString()) is not var (sign, next, invitation))
        {
            await FailedAsync(http, "This sign-in was not begun in this browser, was used already, or is older than ten minutes.", StatusCodes.Status400BadRequest);
            return;
        }

        if (query["code"] is not [{ Length: > 0 } code])
        {
            await FailedAsync(http, $"The identity provider did not let you in ({Word(query["error"].ToString())}).", StatusCodes.Status403Forbidden);
            return;
        }

        try
        {
            var person = await provider.CompleteAsync(sign, code, query["iss"] is [{ } issuer] ? issuer : null, http.RequestAborted);
            await EnterAsync(http, await signIn.RunAsync(person, invitation, RequestSource.Of(http), http.RequestAborted), next);
        }
        catch (IdentityProviderException fault)
        {
            Log.ProviderFailed(logger, fault);
            sessions.NoteRefused(http);
            await FailedAsync(http, fault.Message, StatusCodes.Status502BadGateway);
        }
    }

    private async Task EnterAsync(HttpContext http, Outcome<NewSession> outcome, string next)
    {
        switch (outcome)
        {
            case Outcome<NewSession>.Done { Value: var made }:
                await SignedInPage.Of(SignInPages.Onward(http, next, sessions.Begin(http, made.Session))).WriteAsync(http);
                break;
            case Outcome<NewSession>.NotAllowed refused:
                sessions.NoteRefused(http);
                await FailedAsync(http, refused.Message, StatusCodes.Status403Forbidden);
                break;
            default:
                await FailedAsync(http, "Somebody of this name came in at this moment. Sign in again.", StatusCodes.Status409Conflict);
                break;
        }
    }

    private static Task FailedAsync(HttpContext http, string message, int status) => PlainPage.Of(null, "You are not signed in", message, status).WriteAsync(http);

    /// <summary>RFC 6749 §4.1.2.1: a word of a closed set; anything else that stands there is not ours to show.</summary>
    private static string Word(string error) => error is { Length: > 0 and < 60 } && error.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? error : "no reason";
}
