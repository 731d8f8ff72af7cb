using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>Control roles by the names that people write.</summary>
public static class ControlRoleNames
{
    private static readonly (string Name, ControlRoles Role)[] each =
    [
        ("viewer", ControlRoles.Viewer), ("identity", ControlRoles.Identity), ("policy", ControlRoles.Policy), ("operator", ControlRoles.Operator), ("approver", ControlRoles.Approver),
        ("enforcement", ControlRoles.Enforcement), ("delegate", ControlRoles.Delegate), ("auditor", ControlRoles.Auditor),
        ("content", ControlRoles.Content), ("retention", ControlRoles.Retention),
    ];

    /// <summary>Every name, with <c>admin</c>, which stands for all.</summary>
    public static ImmutableArray<string> All { get; } = [.. each.Select(entry => entry.Name), "admin"];

    public static IReadOnlyList<string> Of(ControlRoles roles) =>
        roles == ControlRoles.Admin ? ["admin"] : [.. each.Where(entry => roles.HasFlag(entry.Role)).Select(entry => entry.Name)];

    /// <returns><see cref="ControlRoles.None"/> for a name that is none of them.</returns>
    public static ControlRoles Parse(string name) => name == "admin" ? ControlRoles.Admin : each.FirstOrDefault(entry => entry.Name == name).Role;
}
