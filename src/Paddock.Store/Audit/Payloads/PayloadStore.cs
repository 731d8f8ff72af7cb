using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Kept content in the database, its keys outside of it.</summary>
internal sealed class PayloadStore(PayloadKeeping keeping, PayloadReader reader, PayloadErasing erasing, LegalHolds holds) : IPayloads
{
    public Task<PayloadMark> KeepAsync(PayloadCapture capture, CancellationToken cancellationToken) => keeping.KeepAsync(capture, cancellationToken);

    public Task<PayloadInfo?> FindAsync(PayloadId id, CancellationToken cancellationToken) => reader.FindAsync(id, cancellationToken);

    public Task<ImmutableArray<PayloadInfo>> ListAsync(PayloadQuery query, CancellationToken cancellationToken) => reader.ListAsync(query, cancellationToken);

    public Task<ImmutableArray<string>> ListClassesAsync(CancellationToken cancellationToken) => reader.ListClassesAsync(cancellationToken);

    public Task<PayloadReading> ReadAsync(PayloadId id, AuditActor by, string reason, CancellationToken cancellationToken) => reader.ReadAsync(id, by, reason, cancellationToken);

    public Task<PayloadCount> CountAsync(PayloadSelection which, CancellationToken cancellationToken) => erasing.CountAsync(which, cancellationToken);

    public Task<Redaction> RedactAsync(PayloadSelection which, AuditActor by, string reason, CancellationToken cancellationToken) => erasing.RedactAsync(which, by, reason, cancellationToken);

    public Task<Shredding> ShredAsync(DataKeyId key, AuditActor by, string reason, CancellationToken cancellationToken) => erasing.ShredAsync(key, by, reason, cancellationToken);

    public Task<LegalHold> HoldAsync(HoldScope scope, AuditActor by, string reason, CancellationToken cancellationToken) => holds.HoldAsync(scope, by, reason, cancellationToken);

    public Task<LegalHold?> EndHoldAsync(HoldId id, AuditActor by, string reason, CancellationToken cancellationToken) => holds.EndAsync(id, by, reason, cancellationToken);

    public Task<ImmutableArray<LegalHold>> ListHoldsAsync(CancellationToken cancellationToken) => holds.ListAsync(cancellationToken);
}
