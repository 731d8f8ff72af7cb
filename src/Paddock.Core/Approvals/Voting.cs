namespace Paddock.Core.Approvals;

/// <summary>Counts a vote, or says why it does not count.</summary>
internal static class Voting
{
    public static ApprovalOutcome Apply(Approval approval, ApprovalCommand.Vote vote, DateTimeOffset now)
    {
        var self = approval.Requester.IsSelf(vote.By.Principal.Id);
        if (RefusalOf(approval, vote, self, now) is { } refusal)
        {
            return ApprovalMachine.Refused(refusal);
        }

        var step = self ? ApprovalVote.OwnStep : approval.CurrentStep;
        var reason = string.IsNullOrWhiteSpace(vote.Reason) ? null : vote.Reason.Trim();
        var counted = approval with
        {
            Votes = approval.Votes.Add(new(vote.By.Principal.Id, vote.By.Principal.Name, step, vote.Approve, reason, now, vote.Grant, IsEscalated(approval, now), now - approval.StepSince, vote.SeenAt)),
        };
        if (!vote.Approve)
        {
            return ApprovalMachine.Changed(ApprovalMachine.Ended(counted, ApprovalState.Denied, vote.By.Principal.Id.Value, reason, now), ApprovalChange.Denied);
        }

        if (self || counted.CurrentStep == counted.Chain.Steps.Length)
        {
            return ApprovalMachine.Changed(Approved(counted, vote, reason, now), ApprovalChange.Approved);
        }

        return ApprovalMachine.Changed(counted.CurrentStep == step ? counted : counted with { StepSince = now, Escalated = false }, ApprovalChange.Voted);
    }

    /// <summary>Whether the set names the voter of a vote that was counted for this step.</summary>
    public static bool Names(ApprovalStep step, Approver approver, bool escalated) => step.AnyOf.Contains(approver) || (escalated && step.EscalateTo is { } more && more.Contains(approver));

    private static ApprovalRefusal? RefusalOf(Approval approval, ApprovalCommand.Vote vote, bool self, DateTimeOffset now) => approval switch
    {
        { State: not ApprovalState.Pending } => ApprovalRefusal.NotPending,
        _ when ApprovalMachine.IsOver(approval, now) => ApprovalRefusal.NotPending,
        _ when !vote.By.IsPerson => ApprovalRefusal.NotAPerson,
        _ when self => RefusalOfOwn(approval, vote),
        _ when approval.Votes.Any(before => before.By == vote.By.Principal.Id) => ApprovalRefusal.VotedBefore,
        { Chain.Steps: [] } => ApprovalRefusal.NotEligible,
        _ when approval.Chain.Steps[approval.CurrentStep] is var step && step.DistinctFrom.Any(party => approval.Requester.Find(party, approval.Kind) == vote.By.Principal.Id) => ApprovalRefusal.NotDistinct,
        _ when !Names(approval.Chain.Steps[approval.CurrentStep], vote.By, IsEscalated(approval, now)) => ApprovalRefusal.NotEligible,
        { Offer: null } when vote is { Approve: true, Grant: true } => ApprovalRefusal.NoGrantOffered,
        _ => null,
    };

    /// <summary>A soft rule lets its asker go on, for this one call and with a reason that is kept.</summary>
    private static ApprovalRefusal? RefusalOfOwn(Approval approval, ApprovalCommand.Vote vote) => vote switch
    {
        _ when !approval.SelfAcknowledgement || !vote.Approve => ApprovalRefusal.OwnRequest,
        _ when string.IsNullOrWhiteSpace(vote.Reason) => ApprovalRefusal.ReasonRequired,
        { Grant: true } => ApprovalRefusal.NoGrantOffered,
        _ => null,
    };

    /// <summary>By the clock alone, so that nobody waits for the moment in which it is written down.</summary>
    private static bool IsEscalated(Approval approval, DateTimeOffset now) =>
        approval.Escalated || (approval.CurrentStep < approval.Chain.Steps.Length && approval.Chain.Steps[approval.CurrentStep] is { EscalateTo: not null, Timeout: { } timeout } && now >= approval.StepSince + timeout);

    private static Approval Approved(Approval counted, ApprovalCommand.Vote last, string? reason, DateTimeOffset now)
    {
        // A grant is what everybody agreed to: one vote for the single call makes it that.
        var grant = counted.Offer is not null && counted.Votes.All(vote => vote.Grants);
        return ApprovalMachine.Ended(counted, ApprovalState.Approved, last.By.Principal.Id.Value, reason, now) with
        {
            Granted = grant,
            MaxUses = grant ? counted.Offer!.MaxUses : 1, // there is an offer, see above
            ExpiresAt = now + (grant ? counted.Offer!.Ttl : counted.UseWithin),
        };
    }
}
