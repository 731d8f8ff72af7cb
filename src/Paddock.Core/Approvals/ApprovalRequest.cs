namespace Paddock.Core.Approvals;

/// <summary>A request for an approval.</summary>
public sealed record ApprovalRequest
{
    public static readonly TimeSpan UsualTtl = TimeSpan.FromMinutes(30);

    public ApprovalKind Kind { get; init; } = ApprovalKind.ToolCall;

    public required ApprovalSubject Subject { get; init; }

    public required ApprovalRequester Requester { get; init; }

    public required ApprovalChain Chain { get; init; }

    /// <summary>False when only the requester can let it pass.</summary>
    public bool AsksOthers => Chain.Steps.Length > 0;

    /// <summary>Whether the requester may say yes alone, with a reason: a soft rule's override.</summary>
    public bool SelfAcknowledgement { get; init; }

    /// <summary>What the rule lets an approver grant; null = this one call only. It must cover the call itself, which is one plain command.</summary>
    public GrantOffer? Offer { get; init; }

    public required ApprovalBrief Brief { get; init; }

    /// <summary>How long it waits to be decided.</summary>
    public TimeSpan Ttl { get; init; } = UsualTtl;

    /// <summary>How long after the decision it may be used.</summary>
    public TimeSpan UseWithin { get; init; } = UsualTtl;
}
