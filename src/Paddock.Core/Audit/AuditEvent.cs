using System.Collections.Immutable;

namespace Paddock.Core.Audit;

/// <summary>Something that the audit log is to say. Holds no payload; what is sensitive goes in sealed.</summary>
public sealed record AuditEvent
{
    /// <summary>One of <see cref="AuditActs"/>.</summary>
    public required string Act { get; init; }

    public required AuditActor Actor { get; init; }

    /// <summary>Whether something outside the log was, or is about to be, changed.</summary>
    public bool Mutating { get; init; } = true;

    /// <summary>Id of what it is about: a decision (<c>dec_…</c>), key, approval, containment, release digest. Entries are found by it.</summary>
    public string? Ref { get; init; }

    /// <summary>More members; names are unique, and none is one of the entry's own (<c>v id t act actor mut ref</c>).</summary>
    public ImmutableArray<AuditFact> Facts { get; init; } = [];
}
