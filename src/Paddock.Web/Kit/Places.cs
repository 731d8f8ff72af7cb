using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Web.Audit;

namespace Paddock.Web.Kit;

/// <summary>What the bar on top of each page leads to.</summary>
/// <param name="Needed">Whoever has none of these roles is not shown it; who may see what is decided by its use case.</param>
internal sealed record Place(string Name, string Path, ControlRoles Needed);

/// <summary>All of them, in their order.</summary>
internal static class Places
{
    private static readonly Place[] all =
    [
        new("Approvals", ApprovalLinks.Path, ControlRoles.Approver),
        new("Audit log", AuditLogPages.Path, ControlRoles.Viewer),
    ];

    public static IEnumerable<Place> For(ControlRoles roles) => all.Where(place => place.Needed == ControlRoles.None || (place.Needed & roles) != ControlRoles.None);
}
