namespace Paddock.Core.Approvals;

/// <summary>What became of an approval that somebody wanted to change.</summary>
public abstract record ApprovalResult
{
    private ApprovalResult()
    {
    }

    public sealed record Done(Approval Approval) : ApprovalResult;

    /// <param name="Approval">As it is.</param>
    public sealed record Refused(ApprovalRefusal Reason, Approval Approval) : ApprovalResult;

    public sealed record Missing : ApprovalResult;
}
