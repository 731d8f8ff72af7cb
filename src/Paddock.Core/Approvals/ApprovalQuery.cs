namespace Paddock.Core.Approvals;

/// <summary>Which approvals to list.</summary>
public sealed record ApprovalQuery
{
    /// <summary>Null = any.</summary>
    public ApprovalState? State { get; init; }

    /// <summary>A principal id.</summary>
    public string? Requester { get; init; }

    /// <summary>Only those made before this one: the page after it.</summary>
    public ApprovalId? Before { get; init; }

    public int Limit { get; init; } = 100;
}
