using Paddock.Core.Audit;

namespace Paddock.Core.Approvals;

/// <summary>What is about to be let go: written before its first byte is, so that nothing happens of which there is no trace.</summary>
public sealed record ToolIntent
{
    /// <summary>The id of the decision; a second intent of the same id is refused by the store.</summary>
    public required string Id { get; init; }

    public required SubjectDigest CallDigest { get; init; }

    /// <summary>Paddock's task id.</summary>
    public string? Task { get; init; }

    public required string Tool { get; init; }

    /// <summary>What the audit log says of it, in the same transaction.</summary>
    public required AuditEvent Entry { get; init; }
}
