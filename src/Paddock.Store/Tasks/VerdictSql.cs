using System.Collections.Immutable;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;
using Paddock.Store.Policies;

namespace Paddock.Store.Tasks;

/// <summary>The statements on verdicts, the same on both databases.</summary>
internal static class VerdictSql
{
    /// <returns>False when it is kept already.</returns>
    public static async Task<bool> AddAsync(Session session, TaskVerdict verdict)
    {
        var added = await session.ExecuteAsync(
            "INSERT INTO task_verdicts (id, task_id, at, kind, source, checks, said_by, reason, url) VALUES (@Id, @Task, @At, @Kind, @Source, @Checks, @By, @Reason, @Url) ON CONFLICT (id) DO NOTHING",
            new { verdict.Id, verdict.Task, At = verdict.At.ToMicros(), Kind = DecisionRow.Name(verdict.Kind), Source = verdict.Source.Name(), verdict.Checks, verdict.By, verdict.Reason, verdict.Url }) == 1;
        await TaskMarks.AddAsync(session, added ? verdict.Task : null);
        return added;
    }

    public static async Task<ImmutableArray<TaskVerdict>> ListAsync(Session session, string task) =>
    [
        .. await session.ReadRowsAsync(
            "SELECT id, task_id, at, kind, source, said_by, reason, url, checks FROM task_verdicts WHERE task_id = @task ORDER BY at, id", new { task },
            static row => new TaskVerdict
            {
                Id = row.GetString(0),
                Task = row.GetString(1),
                At = row.GetInt64(2).ToTime(),
                Kind = DecisionRow.Value<VerdictKind>(row.GetString(3)),
                Source = AgentTaskStates.ParseSource(row.GetString(4)) ?? SuccessSource.User,
                By = row.GetString(5),
                Reason = row.IsDBNull(6) ? null : row.GetString(6),
                Url = row.IsDBNull(7) ? null : row.GetString(7),
                Checks = row.GetString(8),
            }),
    ];
}
