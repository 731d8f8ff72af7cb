using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Audit;

/// <summary>How the audit log stands.</summary>
internal sealed class AuditLogPages(ConsoleDoor door, ShowLog log)
{
    public const string Path = "/audit-log";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, async session =>
        await log.RunAsync(session.Actor, http.RequestAborted) is Outcome<LogView>.Done { Value: var view }
            ? AuditLogPage.Of(session, view)
            : PlainPage.NoRole(session, ControlRoles.Viewer));
}
