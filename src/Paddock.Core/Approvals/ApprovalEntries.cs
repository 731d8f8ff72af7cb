using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>What the audit log says of approvals: which request, of what by digest, by whose word it is what it is. Never what was asked; reasons are sealed.</summary>
public static class ApprovalEntries
{
    /// <summary>One entry for one change.</summary>
    /// <param name="approval">As it is since.</param>
    /// <param name="by">Who made the change; not asked where the approval itself tells that nobody did.</param>
    public static AuditEvent Of(Approval approval, ApprovalChange what, AuditActor by) => new()
    {
        Act = AuditActs.Approval + NameOf(approval, what),
        Actor = what switch
        {
            ApprovalChange.Expired or ApprovalChange.Escalated => AuditActor.Clock,
            ApprovalChange.Revoked when approval.DecidedBy == ApprovalMachine.Directory => AuditActor.Of(ApprovalMachine.Directory),
            _ => by,
        },
        Ref = approval.Id.Value,
        Facts = [.. Common(approval), .. Special(approval, what)],
    };

    /// <summary>Who asks: the principal, by the key that the call came with.</summary>
    public static AuditActor ActorOf(ApprovalRequester requester) => AuditActor.Of(requester.Principal.Value, requester.Key?.Value);

    private static string NameOf(Approval approval, ApprovalChange what) => what switch
    {
        ApprovalChange.Requested => "requested",
        ApprovalChange.Voted => "voted",
        ApprovalChange.Approved => approval.Granted ? "granted" : "approved",
        ApprovalChange.Denied => "denied",
        ApprovalChange.Escalated => "escalated",
        ApprovalChange.Expired => "expired",
        ApprovalChange.Cancelled => "cancelled",
        ApprovalChange.Revoked => "revoked",
        _ => "consumed",
    };

    private static IEnumerable<AuditFact> Common(Approval approval)
    {
        yield return AuditFact.Of("digest", approval.Digest.Value);
        yield return AuditFact.Of("state", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(approval.State.ToString()));
        yield return AuditFact.Of("requester", approval.Requester.Principal.Value);
        if (approval.Brief.DecisionId is { Length: > 0 } decision)
        {
            yield return AuditFact.Of("decision", decision);
        }
    }

    private static AuditFact[] Special(Approval approval, ApprovalChange what) => what switch
    {
        ApprovalChange.Requested =>
        [
            AuditFact.Of("kind", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(approval.Kind.ToString())), AuditFact.Of("steps", approval.Chain.Steps.Length), AuditFact.Of("until", approval.ExpiresAt),
            .. approval.Requester.KeyOwner is { } owner ? [AuditFact.Of("key_owner", owner.Value)] : Array.Empty<AuditFact>(),
        ],
        ApprovalChange.Voted or ApprovalChange.Denied => Vote(approval.Votes[^1]),
        ApprovalChange.Approved => [.. Vote(approval.Votes[^1]), AuditFact.Of("max_uses", approval.MaxUses), AuditFact.Of("until", approval.ExpiresAt)],
        ApprovalChange.Used => [AuditFact.Of("uses", approval.Uses), AuditFact.Of("max_uses", approval.MaxUses)],
        ApprovalChange.Cancelled or ApprovalChange.Revoked => Reason(approval.Reason),
        _ => [],
    };

    private static AuditFact[] Vote(ApprovalVote vote) =>
        [AuditFact.Of("vote", vote.Approve ? "yes" : "no"), AuditFact.Of("step", vote.Step), AuditFact.Of("grant", vote.Grants), .. Reason(vote.Reason)];

    private static AuditFact[] Reason(string? reason) => reason is null ? [] : [AuditFact.Sealed("reason", reason)];
}
