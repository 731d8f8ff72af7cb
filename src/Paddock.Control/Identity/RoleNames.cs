using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Control roles as requests and answers name them.</summary>
public static class RoleNames
{
    public static IReadOnlyList<string> Of(ControlRoles roles) => ControlRoleNames.Of(roles);

    public static bool TryParse(IEnumerable<string> names, out ControlRoles roles)
    {
        roles = ControlRoles.None;
        foreach (var name in names)
        {
            var role = ControlRoleNames.Parse(name);
            if (role is ControlRoles.None)
            {
                return false;
            }

            roles |= role;
        }

        return true;
    }
}
