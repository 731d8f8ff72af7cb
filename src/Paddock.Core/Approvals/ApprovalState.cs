namespace Paddock.Core.Approvals;

/// <summary>
/// Where an approval is in its life: pending → approved, denied, expired or cancelled; approved → consumed, revoked, or expired when
/// nobody used it in time. Closed set; written in lower snake case.
/// </summary>
public enum ApprovalState
{
    Pending,
    Approved,
    Denied,
    /// <summary>Its time ran out before it was decided, or before it was used.</summary>
    Expired,
    /// <summary>Taken back by its requester before it was decided.</summary>
    Cancelled,
    /// <summary>Used as often as it may be.</summary>
    Consumed,
    /// <summary>Taken back after it was given.</summary>
    Revoked,
}
