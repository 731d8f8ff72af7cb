using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Finds kept content, and gives it out when the log says so.</summary>
internal sealed class PayloadReader(IKeyStore keys, RecordedDatabase database)
{
    public Task<PayloadInfo?> FindAsync(PayloadId id, CancellationToken cancellationToken) =>
        database.ReadAsync(async session => (await PayloadSql.FindAsync(session, id))?.ToInfo(), cancellationToken);

    public Task<ImmutableArray<PayloadInfo>> ListAsync(PayloadQuery query, CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<PayloadInfo>>(
        async session => [.. (await PayloadSql.ListAsync(session, query)).Select(static row => row.ToInfo())], cancellationToken);

    public Task<ImmutableArray<string>> ListClassesAsync(CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<string>>(
        static async session => [.. await session.QueryAsync<string>("SELECT DISTINCT cls FROM audit_payloads WHERE redacted_at IS NULL ORDER BY cls")], cancellationToken);

    public async Task<PayloadReading> ReadAsync(PayloadId id, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } info)
        {
            return new PayloadReading.Missing();
        }

        if (info.RedactedAt is { } at)
        {
            return new PayloadReading.Redacted(at);
        }

        return await keys.FindAsync(info.Key, cancellationToken) switch
        {
            KeyLookup.Destroyed => new PayloadReading.Shredded(info.Key),
            KeyLookup.Found { Key: var key } => await OpenAsync(id, key, by, reason, cancellationToken),
            _ => new PayloadReading.NoKey(info.Key),
        };
    }

    /// <summary>Row and entry in one transaction: what is given out is what the entry names, and it was not redacted before.</summary>
    private async Task<PayloadReading> OpenAsync(PayloadId id, DataKey key, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        var row = await database.ChangeAsync(
            async session =>
            {
                var row = await PayloadSql.FindAsync(session, id);
                return Recorded.Of(row, row is { RedactedAt: null } ? PayloadEntries.Read(row.ToInfo(), by, reason) : null);
            },
            cancellationToken);
        return row switch
        {
            null => new PayloadReading.Missing(),
            { RedactedAt: { } at } => new PayloadReading.Redacted(at.ToTime()),
            _ => row.Open(key) is { } content ? new PayloadReading.Content(row.ToInfo(), content, row.Salt) : new PayloadReading.Damaged(),
        };
    }
}
