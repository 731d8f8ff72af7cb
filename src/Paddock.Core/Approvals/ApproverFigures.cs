using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>How somebody decides: whoever says yes to everything at once is tired, or asked too often.</summary>
/// <param name="Hasty">How many of the approved were a yes without reading, see <see cref="ApprovalVote.IsHasty"/>.</param>
/// <param name="MedianWait">From the moment the vote was wanted to the vote.</param>
public sealed record ApproverFigures(PrincipalId Principal, string Name, int Approved, int Denied, int Hasty, TimeSpan MedianWait)
{
    /// <summary>From 0 to 1.</summary>
    public double HastyShare => Approved == 0 ? 0 : (double)Hasty / Approved;
}
