using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>Coming in and going out: by name and password, by key, by invitation. By the identity provider: <see cref="ProviderPages"/>.</summary>
internal sealed class SignInPages(ConsoleSessions sessions, SignInLocally signIn, ChoosePassword choose, IIdentityProvider provider)
{
    private const string NotNow = "Nobody can sign in now: the audit log cannot be written. Try again soon.";

    /// <summary>What somebody sees who asks for a page without a session, and comes back to it afterwards.</summary>
    public Page Asked(HttpContext http, string? message = null) =>
        SignInPage.Of(OwnPath.WithQuery(http.Request.Path + http.Request.QueryString) ?? "/", provider.Name, message, byKey: false, StatusCodes.Status401Unauthorized);

    public Task ShowAsync(HttpContext http)
    {
        var next = OwnPath.WithQuery(http.Request.Query["next"]) ?? "/";
        if (sessions.Of(http) is not { } session)
        {
            return SignInPage.Of(next, provider.Name, message: null, byKey: false, StatusCodes.Status200OK).WriteAsync(http);
        }

        http.Response.Redirect(Onward(http, next, session.Actor.Roles));
        return Task.CompletedTask;
    }

    public async Task SignInAsync(HttpContext http)
    {
        var form = await PostedForm.ReadAsync(http);
        var next = OwnPath.WithQuery(form?["next"]) ?? "/";
        if (form is null || !ConsoleSessions.IsSameSite(http))
        {
            await SignInPage.Of(next, provider.Name, "This form was not sent from here. Sign in again.", byKey: false, StatusCodes.Status403Forbidden).WriteAsync(http);
            return;
        }

        var byKey = form.ContainsKey("key");
        var (roles, message, status) = byKey ? await ByKeyAsync(http, form["key"].ToString()) : await ByPasswordAsync(http, form["name"].ToString(), form["password"].ToString());
        if (roles is null)
        {
            await SignInPage.Of(next, provider.Name, message, byKey, status).WriteAsync(http);
            return;
        }

        http.SeeOther(Onward(http, next, roles.Value));
    }

    /// <summary>Where whoever has signed in goes: what they asked for, else where their work is.</summary>
    public static string Onward(HttpContext http, string next, ControlRoles roles) => next == Places.Start ? Places.Home(roles, RequestOrigin.ReachesOperators(http)) : next;

    public async Task SignOutAsync(HttpContext http)
    {
        if (sessions.Of(http) is { } session)
        {
            if (await PostedForm.ReadOursAsync(http, session) is null)
            {
                await PlainPage.NotOurs(session).WriteAsync(http);
                return;
            }

            await sessions.SignOutAsync(http);
        }

        await SignInPage.Of("/", provider.Name, "You are signed out.", byKey: false, StatusCodes.Status200OK).WriteAsync(http);
    }

    public Task ShowPasswordAsync(HttpContext http) => PasswordPage.Of(http.Request.Query["ticket"].ToString(), message: null, StatusCodes.Status200OK).WriteAsync(http);

    public async Task ChoosePasswordAsync(HttpContext http)
    {
        if (!ConsoleSessions.IsSameSite(http) || await PostedForm.ReadAsync(http) is not { } form)
        {
            await PlainPage.Of(null, "Not done", "This form was not sent from here. Open the link again.", StatusCodes.Status403Forbidden).WriteAsync(http);
            return;
        }

        var ticket = form["ticket"].ToString();
        await (await choose.RunAsync(ticket, form["password"].ToString(), RequestSource.Of(http), http.RequestAborted) switch
        {
            Outcome<PrincipalId>.Done => SignInPage.Of("/", provider.Name, "Your password is chosen. Sign in with it.", byKey: false, StatusCodes.Status200OK),
            Outcome<PrincipalId>.Invalid invalid => PasswordPage.Of(ticket, invalid.Message, StatusCodes.Status400BadRequest),
            Outcome<PrincipalId>.NotAllowed refused => PlainPage.Of(null, "This link is no longer good", refused.Message, StatusCodes.Status403Forbidden),
            Outcome<PrincipalId>.Conflict busy => PasswordPage.Of(ticket, busy.Message, StatusCodes.Status429TooManyRequests),
            _ => PlainPage.Of(null, "Not done", "Try again soon.", StatusCodes.Status503ServiceUnavailable),
        }).WriteAsync(http);
    }

    private async Task<(ControlRoles? Roles, string Message, int Status)> ByKeyAsync(HttpContext http, string key)
    {
        try
        {
            return (await sessions.SignInAsync(http, key), "This is no key that works here: one with control roles does.", StatusCodes.Status401Unauthorized);
        }
        catch (AuditUnavailableException)
        {
            return (null, NotNow, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<(ControlRoles? Roles, string Message, int Status)> ByPasswordAsync(HttpContext http, string name, string password)
    {
        switch (await signIn.RunAsync(name, password, RequestSource.Of(http), http.RequestAborted))
        {
            case Outcome<NewSession>.Done { Value: var made }:
                return (sessions.Begin(http, made.Session), "", StatusCodes.Status200OK);
            case Outcome<NewSession>.NotAllowed refused:
                sessions.NoteRefused(http);
                return (null, refused.Message, StatusCodes.Status401Unauthorized);
            case Outcome<NewSession>.Conflict busy:
                return (null, busy.Message, StatusCodes.Status429TooManyRequests);
            default:
                return (null, "This was not possible.", StatusCodes.Status403Forbidden);
        }
    }
}
