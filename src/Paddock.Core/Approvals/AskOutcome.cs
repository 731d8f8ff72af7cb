namespace Paddock.Core.Approvals;

/// <summary>What became of a request.</summary>
public abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    public sealed record Created(Approval Approval) : AskOutcome;

    /// <param name="Approval">Pending, approved or denied.</param>
    public sealed record Joined(Approval Approval) : AskOutcome;

    /// <summary>It cannot be asked; the call is to be refused.</summary>
    public sealed record Refused(ApprovalRefusal Reason) : AskOutcome;
}
