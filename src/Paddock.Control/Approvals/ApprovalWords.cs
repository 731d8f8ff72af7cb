using Paddock.Core.Approvals;

namespace Paddock.Control.Approvals;

/// <summary>Why an approval stayed as it was, for people.</summary>
internal static class ApprovalWords
{
    public const string Missing = "There is no such approval.";

    public static string Of(ApprovalRefusal refusal) => refusal switch
    {
        ApprovalRefusal.NotPending => "This request is not open any more.",
        ApprovalRefusal.NotApproved => "This is not approved, or no longer.",
        ApprovalRefusal.UsedUp => "This approval was used already.",
        ApprovalRefusal.NotAPerson => "Only people decide: service accounts, agents and disabled users have no vote.",
        ApprovalRefusal.OwnRequest => "Nobody decides their own request.",
        ApprovalRefusal.ReasonRequired => "This takes a reason.",
        ApprovalRefusal.VotedBefore => "You have voted on this already.",
        ApprovalRefusal.NotDistinct => "The approval chain keeps you from voting: you have a part in this.",
        ApprovalRefusal.NotEligible => "The approval chain does not name you for the step that is waiting.",
        ApprovalRefusal.NoGrantOffered => "The rule offers no grant; approve this one call.",
        ApprovalRefusal.NotTheRequester => "Only its requester takes a request back; you can deny it.",
        _ => "This is not possible as things are.",
    };

    /// <summary>Whether the obstacle is in who asks, not in how things are.</summary>
    public static bool IsOfPerson(ApprovalRefusal refusal) => refusal is
        ApprovalRefusal.NotAPerson or ApprovalRefusal.OwnRequest or ApprovalRefusal.NotDistinct or ApprovalRefusal.NotEligible or ApprovalRefusal.NotTheRequester;
}
