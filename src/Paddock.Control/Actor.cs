using Paddock.Core.Identity;

namespace Paddock.Control;

/// <summary>Who asks the control plane for something, and what they may do.</summary>
/// <param name="Id">Principal id, or <c>system:…</c> for the installation itself.</param>
/// <param name="Key">The key they came with; null for the installation itself.</param>
public sealed record Actor(string Id, ControlRoles Roles, KeyId? Key = null)
{
    /// <summary>Whoever owns the data directory while no server runs on it: they could change the database by hand as well.</summary>
    public static readonly Actor Local = new("system:local", ControlRoles.Admin);

    public bool May(ControlRoles needed) => (Roles & needed) == needed;
}
