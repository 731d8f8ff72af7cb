using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Incidents;
using Paddock.Core.Identity;
using Paddock.Web.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Incidents;

/// <summary>What is wrong now, for everybody who has signed in.</summary>
internal sealed class StatusPages(ConsoleDoor door, ShowIncidentStatus show)
{
    public const string Path = "/status";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, async session =>
        await show.RunAsync(session.Actor, http.RequestAborted) is Outcome<IncidentStatusView>.Done { Value: var view } ? StatusPage.Page(session, view) : PlainPage.NoRole(session, ControlRoles.Viewer));
}
