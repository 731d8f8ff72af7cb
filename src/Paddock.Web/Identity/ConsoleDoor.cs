using Microsoft.AspNetCore.Http;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>The console's door: pages are for those who have signed in, and forms are taken that were made by us for them.</summary>
internal sealed class ConsoleDoor(ConsoleSessions sessions, SignInPages signIn)
{
    public async Task ShowAsync(HttpContext http, Func<ConsoleSession, Task<Page>> page) =>
        await (sessions.Of(http) is { } session ? await page(session) : signIn.Asked(http)).WriteAsync(http);

    /// <param name="use">Does what the form asks for. Null when it has sent the browser on.</param>
    public async Task TakeAsync(HttpContext http, Func<ConsoleSession, IFormCollection, Task<Page?>> use)
    {
        if (sessions.Of(http) is not { } session)
        {
            await signIn.Asked(http, "Your session has ended. Sign in again.").WriteAsync(http);
        }
        else if (await PostedForm.ReadOursAsync(http, session) is not { } form)
        {
            await PlainPage.NotOurs(session).WriteAsync(http);
        }
        else if (await use(session, form) is { } page)
        {
            await page.WriteAsync(http);
        }
    }
}
