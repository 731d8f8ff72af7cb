using System.Collections.Immutable;
using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Store.Audit;

namespace Paddock.Store.Alerts;

/// <summary>Alerts and silences as rows.</summary>
internal sealed class AlertStore(RecordedDatabase database) : IAlerts
{
    public Task<ImmutableArray<Alert>> ListAsync(AlertQuery query, CancellationToken cancellationToken) => database.ReadAsync(session => AlertSql.ListAsync(session, query), cancellationToken);

    public async Task KeepAsync(AlertStep step, IReadOnlyCollection<AuditEvent> entries, CancellationToken cancellationToken)
    {
        if (step.Open.IsEmpty && step.Resolved.IsEmpty)
        {
            return;
        }

        await database.ChangeAsync(
            async session =>
            {
                await AlertSql.UpsertAsync(session, [.. step.Resolved, .. step.Open]); // one that ended makes room for the next of its kind
                return Recorded.Of(true, [.. entries]);
            },
            cancellationToken);
    }

    public Task<ImmutableArray<AlertSilence>> SilencesAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(session => AlertSql.SilencesAsync(session, now), cancellationToken);

    public Task AddSilenceAsync(AlertSilence silence, AuditEvent entry, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => Recorded.Of(await AlertSql.AddSilenceAsync(session, silence), entry), cancellationToken);

    public Task<bool> EndSilenceAsync(string id, string by, DateTimeOffset at, AuditEvent entry, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => await AlertSql.EndSilenceAsync(session, id, by, at) == 1 ? Recorded.Of(true, entry) : Recorded.Of(false), cancellationToken);
}
