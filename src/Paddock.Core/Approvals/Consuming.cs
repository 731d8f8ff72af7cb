using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>Uses an approval for a call. It never grants by itself: whoever uses it has judged the call again, with the approval as a fact.</summary>
internal static class Consuming
{
    public static ApprovalOutcome Apply(Approval approval, ApprovalCommand.Consume consume, DateTimeOffset now)
    {
        if (!Covers(approval, consume.Use))
        {
            return ApprovalMachine.Refused(ApprovalRefusal.AnotherCall);
        }

        if (approval.State is ApprovalState.Consumed || approval.Uses >= approval.MaxUses)
        {
            return ApprovalMachine.Refused(ApprovalRefusal.UsedUp);
        }

        if (approval.State is not ApprovalState.Approved || now >= approval.ExpiresAt)
        {
            return ApprovalMachine.Refused(ApprovalRefusal.NotApproved);
        }

        if (approval.Votes.Where(vote => vote.Approve).FirstOrDefault(vote => !StillCounts(approval, vote, consume.Find)) is { } lost)
        {
            var reason = ApprovalMachine.Withdrawn(lost.Name);
            return ApprovalMachine.Changed(ApprovalMachine.Ended(approval, ApprovalState.Revoked, ApprovalMachine.Directory, reason, now), ApprovalChange.Revoked);
        }

        var uses = approval.Uses + 1;
        var used = approval with { Uses = uses, ConsumedAt = now, State = uses == approval.MaxUses ? ApprovalState.Consumed : ApprovalState.Approved };
        return ApprovalMachine.Changed(used, ApprovalChange.Used);
    }

    private static bool Covers(Approval approval, ApprovalUse use) =>
        use.Subject.Principal == approval.Requester.Principal.Value
        && (use.Subject.Digest == approval.Digest
            || (approval is { Granted: true, Offer: { } offer } && use.Subject.Agent == approval.Brief.Agent && use.Subject.Tool == approval.Brief.Tool && offer.Covers(use)));

    /// <summary>Who left the group, or the house, since the vote has not approved.</summary>
    private static bool StillCounts(Approval approval, ApprovalVote vote, Func<PrincipalId, Approver?> find) =>
        find(vote.By) is { IsPerson: true } approver
        && (vote.Step == ApprovalVote.OwnStep || Voting.Names(approval.Chain.Steps[vote.Step], approver, vote.Escalated));
}
