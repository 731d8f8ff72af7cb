using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Tasks, verdicts and tallies as rows.</summary>
internal sealed class TaskStore(RecordedDatabase database, ILedger ledger, IDecisions decisions, TaskFolder folder) : ITasks, ITallies
{
    public async Task<TaskRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await database.ReadAsync(session => TaskSql.RowsAsync(session, [id]), cancellationToken)).GetValueOrDefault(id)?.Record();

    public Task<ImmutableArray<TaskRecord>> ListAsync(TaskQuery query, CancellationToken cancellationToken) => database.ReadAsync(session => TaskSql.PageAsync(session, query), cancellationToken);

    public Task<ImmutableArray<TaskVerdict>> VerdictsAsync(string task, CancellationToken cancellationToken) => database.ReadAsync(session => VerdictSql.ListAsync(session, task), cancellationToken);

    public Task<bool> AddVerdictAsync(TaskVerdict verdict, AuditEvent entry, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => await VerdictSql.AddAsync(session, verdict) ? Recorded.Of(true, entry) : Recorded.Of(false), cancellationToken);

    public Task<ImmutableArray<GroupTally>> GroupsAsync(TallyQuery query, CancellationToken cancellationToken) => database.ReadAsync(session => TallySql.GroupsAsync(session, query), cancellationToken);

    public Task<ImmutableArray<StretchTally>> SeriesAsync(TallyQuery query, string? value, bool byDay, CancellationToken cancellationToken) =>
        database.ReadAsync(session => TallySql.SeriesAsync(session, query, value, byDay), cancellationToken);

    public Task FoldAsync(string task, CancellationToken cancellationToken) => folder.FoldAsync(task, cancellationToken);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await ledger.FlushAsync(cancellationToken);
        await decisions.FlushAsync(cancellationToken);
        await folder.FinishAsync(cancellationToken);
    }
}
