using System.Collections.Immutable;
using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Testing;

/// <summary>Kept content in memory, as it was handed in. Can be told to keep nothing.</summary>
public sealed class MemoryPayloads : IPayloads
{
    private readonly Lock gate = new();
    private readonly List<PayloadCapture> all = [];

    /// <summary>Why nothing is kept; null while it is.</summary>
    public UnkeptReason? Fails { get; set; }

    public IReadOnlyList<PayloadCapture> All
    {
        get
        {
            lock (gate)
            {
                return [.. all];
            }
        }
    }

    public IEnumerable<string> Texts(string field) => All.Where(one => one.Field == field).Select(one => Encoding.UTF8.GetString(one.Content.Span));

    public Task<PayloadMark> KeepAsync(PayloadCapture capture, CancellationToken cancellationToken)
    {
        if (Fails is { } why)
        {
            return Task.FromResult<PayloadMark>(new PayloadMark.Unkept(capture.Field, capture.Class, capture.Content, why));
        }

        lock (gate)
        {
            all.Add(capture with { Content = capture.Content.ToArray() });
        }

        var key = DataKeyId.Create(capture.Class, DateTimeOffset.UnixEpoch, new byte[8]);
        return Task.FromResult<PayloadMark>(new PayloadMark.Kept(capture.Field, PayloadId.Create(Guid.CreateVersion7()), new byte[32], capture.Content.Length, key));
    }

    public Task<PayloadInfo?> FindAsync(PayloadId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<PayloadInfo>> ListAsync(PayloadQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<string>> ListClassesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PayloadReading> ReadAsync(PayloadId id, AuditActor by, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PayloadCount> CountAsync(PayloadSelection which, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Redaction> RedactAsync(PayloadSelection which, AuditActor by, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Shredding> ShredAsync(DataKeyId key, AuditActor by, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LegalHold> HoldAsync(HoldScope scope, AuditActor by, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LegalHold?> EndHoldAsync(HoldId id, AuditActor by, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<LegalHold>> ListHoldsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
