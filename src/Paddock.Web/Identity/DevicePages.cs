using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>A machine without a browser waits for somebody to say yes here (RFC 8628 §3.3).</summary>
internal sealed class DevicePages(ConsoleSessions sessions, SignInPages signIn, DeviceSignIn devices)
{
    private const string Unknown = "No machine waits with this code: it was mistyped, used, or is older than ten minutes.";

    public async Task ShowAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { } session)
        {
            await signIn.Asked(http, "A machine waits for you to say yes. Sign in first.").WriteAsync(http);
            return;
        }

        var code = http.Request.Query["code"].ToString();
        var name = code.Length is > 0 and < 40 ? await devices.FindAsync(code, http.RequestAborted) : null;
        await (name is null
            ? DevicePage.Of(session, code.Length == 0 ? null : Unknown, code.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound)
            : ConsentPage.Of(session, $"{SignInPaths.Device}?code={Uri.EscapeDataString(code)}", $"the machine “{name}”", returns: null, DeviceSignIn.Shown(code))).WriteAsync(http);
    }

    public async Task AnswerAsync(HttpContext http)
    {
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

        var yes = form["answer"] == "yes";
        await (await devices.AnswerAsync(session.Actor, http.Request.Query["code"].ToString(), yes, http.RequestAborted) switch
        {
            Outcome<bool>.Done when yes => PlainPage.Of(session, "The machine is signed in", "It goes on within a few seconds. You can close this window.", StatusCodes.Status200OK),
            Outcome<bool>.Done => PlainPage.Of(session, "You said no", "The machine gets nothing. You can close this window.", StatusCodes.Status200OK),
            Outcome<bool>.NotAllowed refused => PlainPage.Of(session, "Not done", refused.Message, StatusCodes.Status403Forbidden),
            _ => DevicePage.Of(session, Unknown, StatusCodes.Status404NotFound),
        }).WriteAsync(http);
    }
}
