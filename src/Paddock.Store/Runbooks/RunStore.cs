using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Runbooks;
using Paddock.Store.Audit;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Runbooks;

/// <summary>Runs as rows.</summary>
internal sealed class RunStore(RecordedDatabase database, [FromKeyedServices(Work.Runs)] IWorkLease lease, ILogger<RunStore> logger) : IRuns
{
    private const string Insert =
        """
        INSERT INTO runs (id, runbook, source, state, mode, parameters, alert_id, incident_id, started_by, started_at, hold_until, mitigated_at, ended_at, reason, broken, steps, revision)
        VALUES (@Id, @Runbook, @Source, @State, @Mode, @Parameters, @AlertId, @IncidentId, @StartedBy, @StartedAt, @HoldUntil, @MitigatedAt, @EndedAt, @Reason, @Broken, @Steps, @Revision) ON CONFLICT (id) DO NOTHING
        """;

    private const string Update =
        """
        UPDATE runs SET state = @State, incident_id = @IncidentId, hold_until = @HoldUntil, mitigated_at = @MitigatedAt, ended_at = @EndedAt, reason = @Reason, broken = @Broken, steps = @Steps, revision = @Revision
        WHERE id = @Id AND revision = @Revision - 1
        """;

    public Task<bool> HoldAsync(CancellationToken cancellationToken) => lease.HoldAsync(cancellationToken);

    public Task<bool> AddAsync(Run run, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            var isNew = await session.ExecuteAsync(Insert, RunRow.From(run)) == 1;
            return Recorded.Of(isNew, isNew ? RunEntries.Began(run, by) : null);
        },
        cancellationToken);

    public Task<bool> KeepAsync(RunMove.Write move, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            var isKept = await session.ExecuteAsync(Update, RunRow.From(move.Run)) == 1;
            return Recorded.Of(isKept, isKept ? RunEntries.Of(move, by) : null);
        },
        cancellationToken);

    public Task<Run?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync<RunRow>($"SELECT {RunRow.Columns} FROM runs WHERE id = @id", new { id })).FirstOrDefault()?.ToRun(), cancellationToken);

    public Task<ImmutableArray<Run>> ListAsync(RunQuery query, CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<Run>>(
        async session =>
        {
            string[] conditions =
            [
                query.Open ? "ended_at IS NULL" : "",
                query.Runbook is null ? "" : "runbook = @Runbook",
                query.Incident is null ? "" : "incident_id = @Incident",
                query.Before is null ? "" : "(started_at, id) < (SELECT started_at, id FROM runs WHERE id = @Before)",
            ];
            var where = string.Join(" AND ", conditions.Where(static condition => condition.Length > 0));
            var rows = await session.QueryAsync<RunRow>(
                $"SELECT {RunRow.Columns} FROM runs {(where.Length > 0 ? "WHERE " + where : "")} ORDER BY started_at DESC, id DESC LIMIT @Limit", new { query.Runbook, query.Incident, query.Before, query.Limit });
            return [.. rows.Select(TryRead).OfType<Run>()];
        },
        cancellationToken);

    /// <returns>Null when its runbook is one of another version: the others go on. What it did ends by itself.</returns>
    private Run? TryRead(RunRow row)
    {
        try
        {
            return row.ToRun();
        }
        catch (FormatException fault)
        {
            Log.RunNotRead(logger, row.Id, fault.Message);
            return null;
        }
    }
}
