using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Finds a principal by its id or its name.</summary>
internal static class FindPrincipal
{
    public static Principal? In(IdentityDirectory directory, string text) =>
        directory.Principals.FirstOrDefault(principal => principal.Id.Value == text || string.Equals(principal.Name, text, StringComparison.OrdinalIgnoreCase));
}
