using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <param name="Since">What was decided since then is counted.</param>
/// <param name="Approvers">Those who decided most first.</param>
public sealed record ApproverList(DateTimeOffset Since, IReadOnlyList<ApproverView> Approvers);

/// <summary>How somebody decides.</summary>
/// <param name="MedianSeconds">From the moment the vote was wanted to the vote.</param>
/// <param name="HastyShare">How many of the approvals, from 0 to 1, came within 3 seconds of being shown, or without being shown.</param>
public sealed record ApproverView(string Name, string Id, int Approved, int Denied, double MedianSeconds, double HastyShare);

/// <summary>Shows how approvers decide: whoever says yes to everything at once is tired, or asked too often.</summary>
public sealed class ListApprovers(IApprovals approvals, TimeProvider time)
{
    private static readonly TimeSpan usual = TimeSpan.FromDays(30);

    /// <param name="since">Null = 30 days ago.</param>
    public async Task<Outcome<ApproverList>> RunAsync(Actor actor, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ApproverList>.Forbidden(ControlRoles.Viewer);
        }

        var from = since ?? time.GetUtcNow() - usual;
        var figures = await approvals.FiguresAsync(from, cancellationToken);
        return new Outcome<ApproverList>.Done(new(
            from, [.. figures.Select(one => new ApproverView(one.Name, one.Principal.Value, one.Approved, one.Denied, Math.Round(one.MedianWait.TotalSeconds, 1), Math.Round(one.HastyShare, 3)))]));
    }
}
