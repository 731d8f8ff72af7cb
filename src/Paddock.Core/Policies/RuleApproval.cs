namespace Paddock.Core.Policies;

/// <summary>Whose yes a rule takes, and how far that yes reaches.</summary>
/// <param name="Chain">The name of an <c>ApprovalChain</c>.</param>
public sealed record RuleApproval(string Chain)
{
    /// <summary>How long a request waits to be decided; null = as usual.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Whether the asker may say yes alone, with a reason.</summary>
    public bool SelfAcknowledgement { get; init; }

    /// <summary>What an approver may give instead of a single yes; null = nothing.</summary>
    public RuleGrant? Grant { get; init; }
}

/// <summary>Some more calls of the same kind, by the same agent of the same person in the same task and repository.</summary>
/// <param name="Words">How many leading words of the command they must share.</param>
/// <param name="Uses">How many calls.</param>
/// <param name="Ttl">For how long after the approval.</param>
public sealed record RuleGrant(int Words, int Uses, TimeSpan Ttl);
