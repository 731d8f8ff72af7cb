using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <summary>What a soft rule refused, its own asker lets pass once, with a reason that is kept.</summary>
public sealed class OverrideRefusal(IApprovals approvals, Deciding deciding)
{
    public async Task<Outcome<ApprovalView>> RunAsync(Actor actor, string id, DecisionInput input, CancellationToken cancellationToken)
    {
        if (Deciding.Refusal(actor, id, input.Reason, out var wanted) is { } refusal)
        {
            return refusal;
        }

        if (await approvals.FindAsync(wanted, cancellationToken) is not { } found)
        {
            return new Outcome<ApprovalView>.NotFound(ApprovalWords.Missing);
        }

        return found switch
        {
            { SelfAcknowledgement: false } => new Outcome<ApprovalView>.Conflict("This is not for its asker to override; somebody else must approve it."),
            _ when !found.Requester.IsSelf(PersonOf(actor)) => new Outcome<ApprovalView>.NotAllowed("Only who asked for it overrides this."),
            _ => await deciding.VoteAsync(actor, id, approve: true, input.Reason, grant: false, cancellationToken),
        };
    }

    /// <summary>Nobody, for the installation itself.</summary>
    private static PrincipalId PersonOf(Actor actor) => actor.Key is null ? default : PrincipalId.Parse(actor.Id);
}
