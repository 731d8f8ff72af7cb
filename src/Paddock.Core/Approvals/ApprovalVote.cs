using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>One person's yes or no.</summary>
/// <param name="Step">The step of the chain it counts for, from 0; -1 for the requester's own acknowledgement.</param>
/// <param name="Name">As the person was called then.</param>
/// <param name="Grants">Whether the yes is for the offered grant, not for this one call.</param>
/// <param name="Escalated">Whether the step had been escalated.</param>
/// <param name="Waited">How long the step waited for this vote.</param>
/// <param name="SeenAt">When the request was first shown to this person; null = never, as far as Paddock knows.</param>
public sealed record ApprovalVote(
    PrincipalId By, string Name, int Step, bool Approve, string? Reason, DateTimeOffset At, bool Grants, bool Escalated, TimeSpan Waited, DateTimeOffset? SeenAt)
{
    /// <summary>The step of an acknowledgement by the requester.</summary>
    public const int OwnStep = -1;

    /// <summary>Whoever decides faster than this after seeing the request has hardly read it.</summary>
    public static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(3);

    /// <summary>A yes without reading: within <see cref="ReadingTime"/> of being shown, or without being shown.</summary>
    public bool IsHasty => Approve && (SeenAt is not { } seen || At - seen < ReadingTime);
}
