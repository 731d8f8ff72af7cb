using System.Collections.Immutable;

namespace Paddock.Core.Approvals;

/// <summary>One request for a yes, and all that became of it. Changed only by <see cref="ApprovalMachine"/>.</summary>
public sealed record Approval
{
    public required ApprovalId Id { get; init; }

    public required ApprovalKind Kind { get; init; }

    public required SubjectDigest Digest { get; init; }

    /// <summary><see cref="ApprovalSubject.Shape"/>.</summary>
    public required SubjectDigest Shape { get; init; }

    public required ApprovalRequester Requester { get; init; }

    /// <summary>As it was when it was asked for.</summary>
    public required ApprovalChain Chain { get; init; }

    public bool SelfAcknowledgement { get; init; }

    public GrantOffer? Offer { get; init; }

    public required ApprovalBrief Brief { get; init; }

    public ApprovalState State { get; init; }

    /// <summary>In the order they were given.</summary>
    public ImmutableArray<ApprovalVote> Votes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then it can be decided; once approved, used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required TimeSpan UseWithin { get; init; }

    /// <summary>When the current step began.</summary>
    public required DateTimeOffset StepSince { get; init; }

    /// <summary>Whether the current step's time ran out and more people may vote.</summary>
    public bool Escalated { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>A principal id, or <c>system:…</c>.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What was said when it was decided, or taken back.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it was approved as <see cref="Offer"/> says, not for the one call.</summary>
    public bool Granted { get; init; }

    public int Uses { get; init; }

    public int MaxUses { get; init; } = 1;

    /// <summary>Last use.</summary>
    public DateTimeOffset? ConsumedAt { get; init; }

    /// <summary>The step that waits for votes, from 0; the number of steps when none does.</summary>
    public int CurrentStep
    {
        get
        {
            var step = 0;
            while (step < Chain.Steps.Length && Missing(step) == 0)
            {
                step++;
            }

            return step;
        }
    }

    /// <summary>Whether time can still change it.</summary>
    public bool IsOpen => State is ApprovalState.Pending or ApprovalState.Approved;

    /// <summary>When time changes it next, unless somebody does before.</summary>
    public DateTimeOffset DueAt =>
        State is ApprovalState.Pending && !Escalated && CurrentStep is var step && step < Chain.Steps.Length && Chain.Steps[step].Timeout is { } timeout && StepSince + timeout < ExpiresAt
            ? StepSince + timeout
            : ExpiresAt;

    /// <summary>Whether somebody else than the requester is asked at all.</summary>
    public bool AsksOthers => Chain.Steps.Length > 0;

    /// <summary>Whether everybody who was wanted has said yes, whatever became of it since.</summary>
    public bool HasAllVotes => Votes.Any(vote => vote is { Approve: true, Step: ApprovalVote.OwnStep }) || (Chain.Steps.Length > 0 && CurrentStep == Chain.Steps.Length);

    /// <summary>How many votes a step still needs.</summary>
    public int Missing(int step) => Math.Max(0, Chain.Steps[step].Min - Votes.Count(vote => vote.Approve && vote.Step == step));
}
