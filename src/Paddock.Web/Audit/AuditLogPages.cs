using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Audit;

/// <summary>How the audit log stands.</summary>
internal sealed class AuditLogPages(ConsoleSessions sessions, SignInPages signIn, ShowLog log)
{
    public const string Path = "/audit-log";

    public async Task ShowAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { } session)
        {
            await signIn.Asked(http).WriteAsync(http);
            return;
        }

        await (await log.RunAsync(session.Actor, http.RequestAborted) is Outcome<LogView>.Done { Value: var view }
            ? AuditLogPage.Of(session, view)
            : PlainPage.NoRole(session, ControlRoles.Viewer)).WriteAsync(http);
    }
}
