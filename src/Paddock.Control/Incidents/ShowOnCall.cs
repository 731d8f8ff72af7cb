using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Shows who is called.</summary>
public sealed class ShowOnCall(IIncidents incidents, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<OnCallView>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<OnCallView>.Done(OnCallView.Of(await incidents.OnCallAsync(time.GetUtcNow(), cancellationToken), identities.Current))
        : new Outcome<OnCallView>.Forbidden(ControlRoles.Viewer);
}
