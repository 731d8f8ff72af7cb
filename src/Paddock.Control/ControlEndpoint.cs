using Paddock.Core.Identity;

namespace Paddock.Control;

/// <summary>Marks an endpoint that only callers with control roles reach. The use case behind it checks the very roles it needs.</summary>
/// <param name="needed">Roles needed to come in at all; none = any control role.</param>
/// <param name="isOpenOnLoopback">Whether a listener that only this machine reaches asks for no key. What is behind such an endpoint gets no <see cref="Actor"/> then.</param>
public sealed class ControlEndpoint(ControlRoles needed, bool isOpenOnLoopback = false)
{
    public ControlRoles Needed => needed;

    public bool IsOpenOnLoopback => isOpenOnLoopback;
}
