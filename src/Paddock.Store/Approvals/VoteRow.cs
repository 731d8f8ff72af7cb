using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>A vote as a row.</summary>
internal sealed class VoteRow
{
    public string ApprovalId { get; init; } = "";

    public long Seq { get; init; }

    public string Voter { get; init; } = "";

    public string Name { get; init; } = "";

    public long Step { get; init; }

    public bool Approve { get; init; }

    public string? Reason { get; init; }

    public long VotedAt { get; init; }

    public bool Grants { get; init; }

    public bool Escalated { get; init; }

    public long Waited { get; init; }

    public long? SeenAt { get; init; }

    public static VoteRow From(ApprovalId approval, int seq, ApprovalVote vote) => new()
    {
        ApprovalId = approval.Value,
        Seq = seq,
        Voter = vote.By.Value,
        Name = vote.Name,
        Step = vote.Step,
        Approve = vote.Approve,
        Reason = vote.Reason,
        VotedAt = vote.At.ToMicros(),
        Grants = vote.Grants,
        Escalated = vote.Escalated,
        Waited = vote.Waited.ToMicros(),
        SeenAt = vote.SeenAt?.ToMicros(),
    };

    public ApprovalVote ToVote() =>
        new(PrincipalId.Parse(Voter), Name, (int)Step, Approve, Reason, VotedAt.ToTime(), Grants, Escalated, Waited.ToSpan(), SeenAt?.ToTime());
}
