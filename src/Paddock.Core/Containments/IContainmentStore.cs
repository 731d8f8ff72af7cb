using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Containments;

/// <summary>Remembers containments for ever: who stopped what, when, why, until when, and who lifted it. Each change has its entry of the audit log in the same transaction.</summary>
public interface IContainmentStore
{
    /// <summary>Puts it in force. When this completes it is in this process's <see cref="IContainments"/>.</summary>
    /// <param name="by">The same as <see cref="Containment.CreatedBy"/>.</param>
    Task AddAsync(Containment containment, AuditActor by, CancellationToken cancellationToken);

    /// <summary>Ends it before its time.</summary>
    /// <returns>As it is then; null when it is not in force.</returns>
    Task<Containment?> LiftAsync(ContainmentId id, AuditActor by, string reason, CancellationToken cancellationToken);

    Task<Containment?> FindAsync(ContainmentId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<Containment>> ListAsync(ContainmentQuery query, CancellationToken cancellationToken);
}

/// <summary>Which containments to list.</summary>
public sealed record ContainmentQuery
{
    /// <summary>Null = any.</summary>
    public ContainmentState? State { get; init; }

    /// <summary>Only those made before this one: the page after it.</summary>
    public ContainmentId? Before { get; init; }

    public int Limit { get; init; } = 100;
}
