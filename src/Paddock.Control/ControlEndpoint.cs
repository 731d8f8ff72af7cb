using Paddock.Core.Identity;

namespace Paddock.Control;

/// <summary>Marks an endpoint that only callers with control roles reach. The use case behind it checks the very roles it needs.</summary>
/// <param name="needed">Roles needed to come in at all; none = any control role.</param>
public sealed class ControlEndpoint(ControlRoles needed)
{
    public ControlRoles Needed => needed;
}
