using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;

namespace Paddock.Control.Approvals;

/// <summary>Takes back what was approved and not yet used up; its requester also takes back what nobody has decided. It only tightens, so whoever may decide at all may do it.</summary>
public sealed class RevokeApproval(IApprovals approvals, Deciding deciding, ILogger<RevokeApproval> logger)
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

        var own = found.State is ApprovalState.Pending && found.Requester.Principal.Value == actor.Id;
        var outcome = deciding.Told(
            actor,
            own ? await approvals.CancelAsync(wanted, actor.Audited, input.Reason, cancellationToken) : await approvals.RevokeAsync(wanted, actor.Audited, input.Reason, cancellationToken));
        if (outcome is Outcome<ApprovalView>.Done)
        {
            Log.ApprovalTakenBack(logger, id, actor.Id);
        }

        return outcome;
    }
}
