using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Finds a principal by its id or its name.</summary>
internal static class FindPrincipal
{
    public static Principal? In(IdentityDirectory directory, string text) =>
        directory.Principals.FirstOrDefault(principal => principal.Id.Value == text || string.Equals(principal.Name, text, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the live keys of a principal may do in the control plane: who changes the principal must have as much.</summary>
    public static ControlRoles RolesOf(IdentityDirectory directory, Principal principal, DateTimeOffset now) =>
        directory.Keys.Where(key => key.Owner == principal.Id && key.IsLive(now)).Aggregate(ControlRoles.None, (roles, key) => roles | key.Scopes.Control);
}
