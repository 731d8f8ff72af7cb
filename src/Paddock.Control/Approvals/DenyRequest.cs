namespace Paddock.Control.Approvals;

/// <param name="Reason">Kept with the decision.</param>
public sealed record DecisionInput(string? Reason = null);

/// <summary>Says no to a request, which ends it. Until it would have expired the same is not asked again.</summary>
public sealed class DenyRequest(Deciding deciding)
{
    public Task<Outcome<ApprovalView>> RunAsync(Actor actor, string id, DecisionInput input, CancellationToken cancellationToken) =>
        deciding.VoteAsync(actor, id, approve: false, input.Reason, grant: false, cancellationToken);
}
