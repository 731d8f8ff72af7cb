using Paddock.Core.Identity;

namespace Paddock.Store.Identity;

/// <summary>Control roles as the database writes them: <c>viewer,policy</c>, or <c>admin</c>, which grows with the roles there are.</summary>
internal static class RoleNames
{
    public static string Format(ControlRoles roles) =>
        roles == ControlRoles.None ? "" : roles.ToString().ToLowerInvariant().Replace(", ", ",", StringComparison.Ordinal);

    /// <summary>A name that this version does not know grants nothing: a newer one may have written it.</summary>
    public static ControlRoles Parse(string text)
    {
        var roles = ControlRoles.None;
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!char.IsAsciiDigit(name[0]) && Enum.TryParse<ControlRoles>(name, ignoreCase: true, out var role))
            {
                roles |= role;
            }
        }

        return roles;
    }
}
