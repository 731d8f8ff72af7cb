using System.Collections.Immutable;

namespace Paddock.Core.Audit.Payloads;

/// <summary>
/// Content that rules ask to keep: masked, sealed and erasable, beside the log and not in it. Redacting takes content and salt away, shredding the key of a
/// class and month; the commitments in the log then say nothing any more, and the log stays as it is.
/// </summary>
public interface IPayloads
{
    /// <summary>Keeps content, or finds it where it was kept before, within a second. Asked before the entry is made; an entry never fails for its content.</summary>
    /// <returns>What the entry is to say.</returns>
    Task<PayloadMark> KeepAsync(PayloadCapture capture, CancellationToken cancellationToken);

    Task<PayloadInfo?> FindAsync(PayloadId id, CancellationToken cancellationToken);

    /// <summary>A page of what was not redacted, newest first.</summary>
    Task<ImmutableArray<PayloadInfo>> ListAsync(PayloadQuery query, CancellationToken cancellationToken);

    /// <summary>The classes of which anything is kept, by name.</summary>
    Task<ImmutableArray<string>> ListClassesAsync(CancellationToken cancellationToken);

    /// <summary>Gives content out, after the log has an entry that says so.</summary>
    /// <exception cref="KeyStoreException">The key is there and cannot be read.</exception>
    Task<PayloadReading> ReadAsync(PayloadId id, AuditActor by, string reason, CancellationToken cancellationToken);

    /// <summary>What <see cref="RedactAsync"/> would do now.</summary>
    Task<PayloadCount> CountAsync(PayloadSelection which, CancellationToken cancellationToken);

    /// <summary>Takes content and salt away, for good, with entries that name every one. What is under a legal hold stays. Broken off, it has done a part, and its entries say which.</summary>
    /// <exception cref="ArgumentException">Nothing is selected.</exception>
    Task<Redaction> RedactAsync(PayloadSelection which, AuditActor by, string reason, CancellationToken cancellationToken);

    /// <summary>Destroys a data key, and with it all that it seals.</summary>
    Task<Shredding> ShredAsync(DataKeyId key, AuditActor by, string reason, CancellationToken cancellationToken);

    Task<LegalHold> HoldAsync(HoldScope scope, AuditActor by, string reason, CancellationToken cancellationToken);

    /// <returns>The hold as it is since; null when there is none that stands.</returns>
    Task<LegalHold?> EndHoldAsync(HoldId id, AuditActor by, string reason, CancellationToken cancellationToken);

    /// <summary>Every hold, also those that have ended, oldest first.</summary>
    Task<ImmutableArray<LegalHold>> ListHoldsAsync(CancellationToken cancellationToken);
}
