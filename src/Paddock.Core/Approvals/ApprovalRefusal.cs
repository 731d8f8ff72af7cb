namespace Paddock.Core.Approvals;

/// <summary>Why a command left an approval as it was. Closed set; written in lower snake case.</summary>
public enum ApprovalRefusal
{
    /// <summary>It was decided, cancelled or ran out before.</summary>
    NotPending,
    /// <summary>It is not approved, or no longer.</summary>
    NotApproved,
    /// <summary>It was used as often as it may be.</summary>
    UsedUp,
    /// <summary>The call is not the one that was approved, nor covered by a grant.</summary>
    AnotherCall,
    /// <summary>Service accounts, agents and disabled people do not vote.</summary>
    NotAPerson,
    /// <summary>Nobody votes on their own request.</summary>
    OwnRequest,
    /// <summary>To acknowledge one's own request takes a reason.</summary>
    ReasonRequired,
    VotedBefore,
    /// <summary>The chain keeps this party of the request from voting.</summary>
    NotDistinct,
    /// <summary>The current step does not name the voter.</summary>
    NotEligible,
    NoGrantOffered,
    /// <summary>Its time has not run out.</summary>
    NotDue,
    /// <summary>Only its requester cancels a request.</summary>
    NotTheRequester,
    /// <summary>The chain keeps a party from voting, and nobody knows who that is.</summary>
    UnknownParty,
    /// <summary>Nobody could ever decide it.</summary>
    NobodyAsked,
    /// <summary>More than an approver can be shown.</summary>
    TooLarge,
    /// <summary>The offered grant has no bounds, or does not cover the very call that asks.</summary>
    BadGrant,
    /// <summary>The requester has as many requests waiting as anybody may.</summary>
    TooManyPending,
}
