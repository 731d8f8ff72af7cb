using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Identity;
using Paddock.Web.Kit;

namespace Paddock.Web.Identity;

/// <summary>Teams and their profiles.</summary>
internal sealed class TeamPages(ConsoleDoor door, ListTeams list)
{
    public const string Path = "/teams";

    public Task ShowAsync(HttpContext http) => door.ShowAsync(http, async session =>
        await list.RunAsync(session.Actor, http.RequestAborted) is Outcome<TeamList>.Done { Value: var teams } ? TeamsPage.Page(session, teams) : PlainPage.NoRole(session, ControlRoles.Viewer));
}
