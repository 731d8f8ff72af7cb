namespace Paddock.Core.Approvals;

/// <summary>Which approvals to list.</summary>
public sealed record ApprovalQuery
{
    /// <summary>Null = any.</summary>
    public ApprovalState? State { get; init; }

    /// <summary>A principal id.</summary>
    public string? Requester { get; init; }

    /// <summary>Whose list it is, a principal id: what only its requester can let pass, and did not, is shown to nobody else. Null = everything.</summary>
    public string? VisibleTo { get; init; }

    /// <summary>Only those made before this one: the page after it.</summary>
    public ApprovalId? Before { get; init; }

    public int Limit { get; init; } = 100;
}
