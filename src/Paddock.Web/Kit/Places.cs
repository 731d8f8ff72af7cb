using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Web.Agents;
using Paddock.Web.Alerts;
using Paddock.Web.Audit;
using Paddock.Web.Identity;
using Paddock.Web.Incidents;
using Paddock.Web.Runbooks;
using Paddock.Web.Tasks;

namespace Paddock.Web.Kit;

/// <summary>What the bar on top of each page leads to.</summary>
/// <param name="Enough">Whoever has none of these roles is not shown it; who may see what is decided by its use case. None = it is everybody's.</param>
internal sealed record Place(string Name, string Path, ControlRoles Enough);

/// <summary>All of them, in their order. They are for operators, and there on their listener only; everybody's own places are their tasks, the status and the account.</summary>
internal static class Places
{
    public const string Start = "/";

    private static readonly Place[] all =
    [
        new("Overview", Start, ControlRoles.Viewer),
        new("Tasks", TaskPages.Path, ControlRoles.None),
        new("Approvals", ApprovalLinks.Path, ControlRoles.Approver),
        new("Alerts", AlertPages.Path, ControlRoles.Viewer),
        new("Incidents", IncidentPages.Path, ControlRoles.Viewer),
        new("Runbooks", RunbookPages.Path, ControlRoles.Viewer),
        new("Status", StatusPages.Path, ControlRoles.None),
        new("People", PeoplePages.Path, ControlRoles.Viewer | ControlRoles.Identity),
        new("Teams", TeamPages.Path, ControlRoles.Viewer | ControlRoles.Identity),
        new("Clients", ClientPages.Path, ControlRoles.Viewer | ControlRoles.Identity),
        new("Audit log", AuditLogPages.Path, ControlRoles.Viewer),
    ];

    public static IEnumerable<Place> For(ControlRoles roles, bool operators) => all.Where(place => place.Enough is ControlRoles.None || (operators && (place.Enough & roles) != ControlRoles.None));

    /// <summary>Where somebody begins who asked for nothing in particular.</summary>
    public static string Home(ControlRoles roles, bool operators) => For(roles, operators).Any(static place => place.Enough is not ControlRoles.None) ? Start : AccountPages.Path;
}
