using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Control roles by name: viewer, identity, policy, operator, admin.</summary>
public static class RoleNames
{
    private static readonly (string Name, ControlRoles Role)[] All =
        [("viewer", ControlRoles.Viewer), ("identity", ControlRoles.Identity), ("policy", ControlRoles.Policy), ("operator", ControlRoles.Operator)];

    public static IReadOnlyList<string> Of(ControlRoles roles) =>
        roles == ControlRoles.Admin ? ["admin"] : [.. All.Where(entry => roles.HasFlag(entry.Role)).Select(entry => entry.Name)];

    public static bool TryParse(IEnumerable<string> names, out ControlRoles roles)
    {
        roles = ControlRoles.None;
        foreach (var name in names)
        {
            var role = name == "admin" ? ControlRoles.Admin : All.FirstOrDefault(entry => entry.Name == name).Role;
            if (role is ControlRoles.None)
            {
                return false;
            }

            roles |= role;
        }

        return true;
    }
}
