using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <param name="Approvals">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record ApprovalList(IReadOnlyList<ApprovalView> Approvals, string? Next);

/// <summary>Lists approvals, a page at a time.</summary>
public sealed class ListApprovals(IApprovals approvals, IIdentities identities, TimeProvider time)
{
    /// <param name="query">Its requester may be a name.</param>
    public async Task<Outcome<ApprovalList>> RunAsync(Actor actor, ApprovalQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Approver))
        {
            return new Outcome<ApprovalList>.Forbidden(ControlRoles.Approver);
        }

        if (query.Limit is < 1 or > 200)
        {
            return new Outcome<ApprovalList>.Invalid("limit", "A page has 1 to 200 approvals.");
        }

        var (directory, now) = (identities.Current, time.GetUtcNow());
        var requester = query.Requester is { } user ? Identity.FindPrincipal.In(directory, user)?.Id.Value ?? user : null;
        var found = await approvals.ListAsync(query with { Requester = requester, VisibleTo = actor.Id }, cancellationToken);
        return new Outcome<ApprovalList>.Done(new(
            [.. found.Select(approval => ApprovalView.Of(approval, directory, Voter.ObstacleOf(approval, actor, directory, now)))], found.Length == query.Limit ? found[^1].Id.Value : null));
    }
}
