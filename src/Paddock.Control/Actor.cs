using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Control;

/// <summary>Who asks the control plane for something, and what they may do.</summary>
/// <param name="Id">Principal id, or <c>system:…</c> for the installation itself.</param>
/// <param name="Key">The key or session they came with; null for the installation itself.</param>
public sealed record Actor(string Id, ControlRoles Roles, KeyId? Key = null)
{
    /// <summary>Whoever owns the data directory while no server runs on it: they could change the database by hand as well.</summary>
    public static readonly Actor Local = new("system:local", ControlRoles.Admin);

    /// <summary>The installation itself, by what made it act: what its own files say it may do.</summary>
    /// <param name="id">Such as <c>system:release-dir</c>.</param>
    public static Actor Installation(string id) => new(id, ControlRoles.Admin);

    /// <summary>Somebody with a key, or signed in.</summary>
    public static Actor Of(Caller caller) => new(caller.Principal.Id.Value, caller.Roles, caller.Key.Id);

    /// <summary>The same, as entries of the audit log name them.</summary>
    public AuditActor Audited => AuditActor.Of(Id, Key?.Value);

    public bool May(ControlRoles needed) => (Roles & needed) == needed;

    /// <summary>Whether one of the roles is enough.</summary>
    public bool MayAny(ControlRoles enough) => (Roles & enough) != ControlRoles.None;
}
