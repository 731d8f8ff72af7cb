using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Core.Approvals;

/// <summary>
/// Approvals as they are remembered and decided: one engine for all kinds. A change made by any process on the same database is seen
/// by all, and has its entry of the audit log in the same transaction. Somebody who asked and went away leaves the request as it is, until it is decided or expires.
/// </summary>
public interface IApprovals
{
    /// <summary>
    /// Asks. An equal request that waits, was approved and may still be used, or was denied and has not yet expired, is joined; look at
    /// its state. A denial holds as long as the request would have: nobody is asked the same again and again.
    /// </summary>
    Task<AskOutcome> AskAsync(ApprovalRequest request, CancellationToken cancellationToken);

    /// <summary>Counts a vote. The voter's facts are those of the directory at this moment.</summary>
    Task<ApprovalResult> VoteAsync(ApprovalId id, Ballot ballot, CancellationToken cancellationToken);

    /// <summary>Takes a request back that nobody has decided.</summary>
    /// <param name="by">A principal.</param>
    Task<ApprovalResult> CancelAsync(ApprovalId id, AuditActor by, string? reason, CancellationToken cancellationToken);

    /// <summary>Takes back what was approved and not yet used up.</summary>
    /// <param name="by">A principal, or <c>system:…</c>.</param>
    Task<ApprovalResult> RevokeAsync(ApprovalId id, AuditActor by, string? reason, CancellationToken cancellationToken);

    /// <summary>
    /// Uses an approval for one call, at most once per use it has, whoever tries at the same time in whatever process. The intent is
    /// written in the same transaction: when this says <see cref="ApprovalResult.Done"/> both are durable, and the call's first byte may go.
    /// </summary>
    Task<ApprovalResult> ConsumeAsync(ApprovalId id, ApprovalUse use, ToolIntent intent, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when the approval is no longer pending, whoever decided it and wherever, or when its time runs out. Cheap for many:
    /// all who wait for one approval share one signal. Null when there is no such approval.
    /// </summary>
    Task<Approval?> WaitAsync(ApprovalId id, CancellationToken cancellationToken);

    Task<Approval?> FindAsync(ApprovalId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken);

    /// <summary>Notes that a request was shown to somebody; the first time counts.</summary>
    Task NoteSeenAsync(IReadOnlyCollection<ApprovalId> ids, PrincipalId by, CancellationToken cancellationToken);

    /// <summary>How often calls of this shape were approved since a moment, and by how many people.</summary>
    Task<ShapeCount> CountAsync(SubjectDigest shape, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>How each approver decided since a moment.</summary>
    Task<ImmutableArray<ApproverFigures>> FiguresAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
