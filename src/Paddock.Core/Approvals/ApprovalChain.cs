using System.Collections.Immutable;

namespace Paddock.Core.Approvals;

/// <summary>Whose yes an approval takes, step after step. An approval keeps the chain it was asked under: a later release changes nothing of it.</summary>
public sealed record ApprovalChain
{
    /// <summary>The chain of a refusal that its own asker may override: nobody else is asked.</summary>
    public static readonly ApprovalChain Nobody = new() { Name = "", Steps = [] };

    public required string Name { get; init; }

    /// <summary>In their order; each begins when the one before has all its votes. Empty only where the requester alone acknowledges.</summary>
    public required ImmutableArray<ApprovalStep> Steps { get; init; }
}

/// <summary>One step of a chain.</summary>
public sealed record ApprovalStep
{
    public required ApproverSet AnyOf { get; init; }

    /// <summary>How many of them must say yes.</summary>
    public int Min { get; init; } = 1;

    /// <summary>Who may not be among them, beside the requester, who never is.</summary>
    public ImmutableArray<ApprovalParty> DistinctFrom { get; init; } = [];

    /// <summary>How long the step waits; then <see cref="EscalateTo"/> may vote too, or, where there is nobody to escalate to, the request expires. Null = as long as the request.</summary>
    public TimeSpan? Timeout { get; init; }

    public ApproverSet? EscalateTo { get; init; }
}

/// <summary>Somebody who has a part in what is asked for. Closed set.</summary>
public enum ApprovalParty
{
    Requester,
    /// <summary>Who wrote it; of a tool call, its requester.</summary>
    Author,
    LastCommitter,
    /// <summary>Whose key the agent holds.</summary>
    AgentOwner,
}
