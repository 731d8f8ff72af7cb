using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <summary>Shows what exactly is asked. From then on the caller has seen it, and how fast they decide is counted.</summary>
public sealed class ShowApproval(IApprovals approvals, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<ApprovalView>> RunAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Approver))
        {
            return new Outcome<ApprovalView>.Forbidden(ControlRoles.Approver);
        }

        if (!ApprovalId.TryParse(id, out var wanted) || await approvals.FindAsync(wanted, cancellationToken) is not { } found)
        {
            return new Outcome<ApprovalView>.NotFound(ApprovalWords.Missing);
        }

        var (directory, now) = (identities.Current, time.GetUtcNow());
        if (found.State is ApprovalState.Pending && Voter.Of(actor, directory, now, out _) is { } person)
        {
            await approvals.NoteSeenAsync([found.Id], person.Principal.Id, cancellationToken);
        }

        var suggestion = RuleSuggestion.For(found, await approvals.CountAsync(found.Shape, now - RuleSuggestion.Window, cancellationToken));
        return new Outcome<ApprovalView>.Done(ApprovalView.Of(found, directory, Voter.ObstacleOf(found, actor, directory, now), suggestion));
    }
}
