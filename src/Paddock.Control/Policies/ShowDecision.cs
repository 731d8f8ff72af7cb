using Paddock.Core.Identity;
using Paddock.Core.Policies.Decisions;

namespace Paddock.Control.Policies;

/// <summary>Shows one decision on a tool call, with what it was made on and what came of it.</summary>
public sealed class ShowDecision(IDecisions decisions, IIdentities identities)
{
    /// <param name="id"><c>dec_…</c></param>
    public async Task<Outcome<DecisionView>> RunAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<DecisionView>.Forbidden(ControlRoles.Viewer);
        }

        await decisions.FlushAsync(cancellationToken);
        return await decisions.FindAsync(id, cancellationToken) is { } found
            ? new Outcome<DecisionView>.Done(DecisionView.Of(found, identities.Current))
            : new Outcome<DecisionView>.NotFound("There is no such decision; what is older than it is kept is gone.");
    }
}
