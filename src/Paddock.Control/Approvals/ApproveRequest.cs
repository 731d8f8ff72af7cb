namespace Paddock.Control.Approvals;

/// <param name="Reason">Kept with the vote.</param>
/// <param name="Grant">A yes to what the rule offers to grant, not to the one call.</param>
public sealed record ApproveInput(string? Reason = null, bool Grant = false);

/// <summary>Says yes to a request. The call itself is judged again when it is made: an approval grants nothing against a newer rule.</summary>
public sealed class ApproveRequest(Deciding deciding)
{
    public Task<Outcome<ApprovalView>> RunAsync(Actor actor, string id, ApproveInput input, CancellationToken cancellationToken) =>
        deciding.VoteAsync(actor, id, approve: true, input.Reason, input.Grant, cancellationToken);
}
