using System.Collections.Immutable;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;
using Paddock.Store.Policies;

namespace Paddock.Store.Tasks;

/// <summary>Adds up what ledger and decisions hold of a task.</summary>
internal sealed class TaskRecall(IDatabase database, ILedger ledger, IDecisions decisions, IPresence presence) : ITaskMemory
{
    /// <summary>The newest steps; a task with more has changed so much that older ones make no difference.</summary>
    private const int MostSteps = 20_000;

    public bool IsShared => presence.IsShared;

    public async Task<TaskMemory> RecallAsync(TaskScope scope, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var parameters = new { scope.Principal, scope.Task, Day = new DateTimeOffset(scope.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToMicros(), MostSteps };
        var (calls, rows) = scope.Task is null
            ? ("x.principal_id = @Principal AND x.task_id IS NULL AND c.opened_at >= @Day", "principal_id = @Principal AND task_id IS NULL AND at >= @Day")
            : ("x.task_id = @Task", "task_id = @Task");
        return await database.ReadAsync(
            async session =>
            {
                var sums = await session.ReadRowsAsync(
                    $"""
                    SELECT count(*), CAST(coalesce(sum(c.cost_nano_usd), 0) AS BIGINT), min(c.opened_at) FROM call_contexts x CROSS JOIN calls c
                    WHERE c.context_id = x.id AND {calls} AND (c.outcome IS NULL OR c.outcome <> 'refused') AND x.path NOT LIKE '%/count_tokens'
                    """,
                    parameters, static row => (Turns: row.GetInt64(0), NanoUsd: row.GetInt64(1), BeganAt: row.IsDBNull(2) ? (long?)null : row.GetInt64(2)));
                return new TaskMemory { Turns = (int)sums[0].Turns, SpentNanoUsd = sums[0].NanoUsd, BeganAt = sums[0].BeganAt?.ToTime(), Steps = await StepsAsync(session, rows, parameters) };
            },
            cancellationToken);
    }

    public async Task<string?> ModeOfAsync(string task, CancellationToken cancellationToken)
    {
        await ledger.FlushAsync(cancellationToken);
        return await database.ReadAsync(
            async session => (await session.ReadRowsAsync(
                "SELECT x.mode FROM call_contexts x CROSS JOIN calls c WHERE c.context_id = x.id AND x.task_id = @task AND x.mode IS NOT NULL ORDER BY c.id DESC LIMIT 1",
                new { task }, static row => row.GetString(0))).FirstOrDefault(),
            cancellationToken);
    }

    public async Task<ImmutableArray<RememberedStep>> RecallAsync(string principal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var parameters = new
        {
            principal,
            Taints = (now - PrincipalState.TaintWindow).ToMicros(),
            Mutates = (now - PrincipalState.MutationWindow).ToMicros(),
            MostSteps,
        };
        return await database.ReadAsync(
            session => StepsAsync(session, """principal_id = @principal AND at >= @Taints AND (at >= @Mutates OR step LIKE '%"taint":["%')""", parameters), cancellationToken);
    }

    /// <summary>What this process handed in counts too.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await ledger.FlushAsync(cancellationToken);
        await decisions.FlushAsync(cancellationToken);
    }

    private static async Task<ImmutableArray<RememberedStep>> StepsAsync(Session session, string condition, object parameters) =>
    [
        .. await session.ReadRowsAsync(
            $"SELECT id, at, step FROM decisions WHERE let_go AND step IS NOT NULL AND {condition} ORDER BY at DESC, id DESC LIMIT @MostSteps", parameters,
            static row => new RememberedStep(row.GetString(0), row.GetInt64(1).ToTime(), DecisionDocument.Step(row.GetString(2)))),
    ];
}
