using System.Collections.Immutable;
using Paddock.Core.Approvals;

namespace Paddock.Core.Policies;

/// <summary>What was decided on a call for whoever enforces it.</summary>
public abstract record OutsideDecision
{
    private OutsideDecision()
    {
    }

    /// <summary>The decision's id; the same for everybody who asked for the same call. Empty when nothing was judged.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>policy/rule</c>; null = the release's defaults, or nothing was judged.</summary>
    public string? Rule { get; init; }

    /// <summary>The rule's reason, in the release's own words.</summary>
    public string? Because { get; init; }

    /// <summary>What to do instead, in the release's own words.</summary>
    public string? Fix { get; init; }

    /// <summary>A rule that only warns and would not have allowed it; null = none.</summary>
    public string? Warning { get; init; }

    /// <summary>Digest of the release it was judged by.</summary>
    public string Release { get; init; } = "";

    /// <summary>What whoever enforces must do besides.</summary>
    public ImmutableArray<RuleObligation> Obligations { get; init; } = [];

    public sealed record Allowed : OutsideDecision;

    /// <param name="Said">For the agent: the release's own words and an id; nothing of the call.</param>
    public sealed record Denied(string Said) : OutsideDecision;

    /// <summary>Not allowed now; the same call may pass when it is asked again.</summary>
    /// <param name="Said">For the agent.</param>
    /// <param name="Approval">What is waited for.</param>
    /// <param name="ExpiresAt">Until then it can be decided.</param>
    /// <param name="Link">Where people decide it; null when that is not known.</param>
    public sealed record Waiting(string Said, ApprovalId Approval, DateTimeOffset ExpiresAt, string? Link) : OutsideDecision;

    /// <summary>The key is not one that may ask.</summary>
    /// <param name="Said">What to do about it.</param>
    public sealed record NotPermitted(string Said) : OutsideDecision;
}
