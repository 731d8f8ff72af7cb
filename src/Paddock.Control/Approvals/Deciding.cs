using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Approvals;

/// <summary>What all who decide have in common: the role, a person, a vote, its outcome in words.</summary>
public sealed class Deciding(IApprovals approvals, IIdentities identities, TimeProvider time, ILogger<Deciding> logger)
{
    private const int LongestReason = 2_000;

    /// <summary>Counts the caller's vote.</summary>
    internal async Task<Outcome<ApprovalView>> VoteAsync(Actor actor, string id, bool approve, string? reason, bool grant, CancellationToken cancellationToken)
    {
        if (Refusal(actor, id, reason, out var wanted) is { } refusal)
        {
            return refusal;
        }

        if (Voter.Of(actor, identities.Current, time.GetUtcNow(), out var obstacle) is not { } person)
        {
            return new Outcome<ApprovalView>.NotAllowed(obstacle ?? ApprovalWords.Of(ApprovalRefusal.NotAPerson));
        }

        var outcome = Told(actor, await approvals.VoteAsync(wanted, new(person.Principal.Id, approve, reason, grant, actor.Key), cancellationToken));
        if (outcome is Outcome<ApprovalView>.Done { Value: var view })
        {
            Log.ApprovalVoted(logger, view.Id, approve ? "yes" : "no", actor.Id, view.State);
        }

        return outcome;
    }

    /// <summary>Why the caller gets no further, whatever they want to decide.</summary>
    internal static Outcome<ApprovalView>? Refusal(Actor actor, string id, string? reason, out ApprovalId wanted)
    {
        wanted = default;
        return actor switch
        {
            _ when !actor.May(ControlRoles.Approver) => new Outcome<ApprovalView>.Forbidden(ControlRoles.Approver),
            _ when reason is { Length: > LongestReason } => new Outcome<ApprovalView>.Invalid("reason", $"A reason has at most {LongestReason} characters."),
            _ when !ApprovalId.TryParse(id, out wanted) => new Outcome<ApprovalView>.NotFound(ApprovalWords.Missing),
            _ => null,
        };
    }

    /// <summary>The outcome as the caller is told.</summary>
    internal Outcome<ApprovalView> Told(Actor actor, ApprovalResult result) => result switch
    {
        ApprovalResult.Done { Approval: var approval } => new Outcome<ApprovalView>.Done(ApprovalView.Of(approval, identities.Current, Voter.ObstacleOf(approval, actor, identities.Current, time.GetUtcNow()))),
        ApprovalResult.Refused { Reason: ApprovalRefusal.ReasonRequired } => new Outcome<ApprovalView>.Invalid("reason", ApprovalWords.Of(ApprovalRefusal.ReasonRequired)),
        ApprovalResult.Refused refused when ApprovalWords.IsOfPerson(refused.Reason) => new Outcome<ApprovalView>.NotAllowed(ApprovalWords.Of(refused.Reason)),
        ApprovalResult.Refused refused => new Outcome<ApprovalView>.Conflict(ApprovalWords.Of(refused.Reason)),
        _ => new Outcome<ApprovalView>.NotFound(ApprovalWords.Missing),
    };
}
