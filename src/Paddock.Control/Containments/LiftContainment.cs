using Microsoft.Extensions.Logging;
using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Control.Containments;

/// <param name="Reason">One line of up to 500 characters.</param>
public sealed record LiftInput(string Reason);

/// <summary>Ends a containment before its time; what it stopped goes on.</summary>
public sealed class LiftContainment(IContainmentStore store, IIdentities identities, TimeProvider time, ILogger<LiftContainment> logger)
{
    public async Task<Outcome<ContainmentView>> RunAsync(Actor actor, string id, LiftInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<ContainmentView>.Forbidden(ControlRoles.Operator);
        }

        if (!Names.IsLabel(input.Reason, 500))
        {
            return new Outcome<ContainmentView>.Invalid("reason", "A reason is one line of 1 to 500 characters.");
        }

        if (!ContainmentId.TryParse(id, out var wanted) || await store.FindAsync(wanted, cancellationToken) is not { } found)
        {
            return new Outcome<ContainmentView>.NotFound("There is no such containment; paddock contain list shows those in force.");
        }

        if (await store.LiftAsync(wanted, actor.Audited, input.Reason, cancellationToken) is not { } lifted)
        {
            return new Outcome<ContainmentView>.Conflict(found.StateAt(time.GetUtcNow()) is ContainmentState.Expired ? "It has expired before." : "It was lifted before.");
        }

        var view = ContainmentView.Of(lifted, identities.Current, time.GetUtcNow());
        Log.ContainmentLifted(logger, view.Id, view.Selects, actor.Id, input.Reason);
        return new Outcome<ContainmentView>.Done(view);
    }
}
