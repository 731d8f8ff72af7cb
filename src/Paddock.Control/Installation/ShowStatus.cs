using Paddock.Core.Identity;

namespace Paddock.Control.Installation;

/// <summary>Shows how the installation is.</summary>
public sealed class ShowStatus(IInstallation installation)
{
    public async Task<Outcome<StatusView>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<StatusView>.Done(await installation.StatusAsync(cancellationToken))
        : new Outcome<StatusView>.Forbidden(ControlRoles.Viewer);
}
