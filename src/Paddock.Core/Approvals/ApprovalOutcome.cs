namespace Paddock.Core.Approvals;

/// <summary>What a command did.</summary>
public abstract record ApprovalOutcome
{
    private ApprovalOutcome()
    {
    }

    /// <param name="Approval">As it is now.</param>
    public sealed record Changed(Approval Approval, ApprovalChange What) : ApprovalOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(ApprovalRefusal Reason) : ApprovalOutcome;
}

/// <summary>What became of an approval. Closed set.</summary>
public enum ApprovalChange
{
    Requested,
    /// <summary>A vote was counted; others are still missing.</summary>
    Voted,
    Approved,
    Denied,
    Escalated,
    Expired,
    Cancelled,
    Revoked,
    Used,
}
