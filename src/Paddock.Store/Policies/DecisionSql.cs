using System.Collections.Immutable;
using System.Text;
using Dapper;
using Paddock.Core.Audit;
using Paddock.Core.Policies.Decisions;
using Paddock.Store.Dialects;
using Paddock.Store.Tasks;

namespace Paddock.Store.Policies;

/// <summary>The statements on decisions, the same on both databases.</summary>
internal static class DecisionSql
{
    private static readonly string insert =
        $"INSERT INTO decisions ({DecisionRow.Columns}) VALUES ({string.Join(", ", DecisionRow.Names.Select(static name => "@" + name))}) ON CONFLICT (id) DO NOTHING";

    public static async Task AddAsync(Session session, StoredDecision decision)
    {
        await session.ExecuteAsync(insert, DecisionRow.Parameters(decision, session.Dialect));
        await TaskMarks.AddAsync(session, decision.Task);
    }

    public static async Task SetOutcomeAsync(Session session, string id, DecisionOutcome outcome, DateTimeOffset at)
    {
        var tasks = await session.QueryAsync<string?>(
            "UPDATE decisions SET outcome = @Outcome, outcome_at = @At, let_go = @LetGo WHERE id = @id RETURNING task_id",
            new { id, Outcome = DecisionRow.Name(outcome), At = at.ToMicros(), LetGo = outcome.IsLetGo() });
        await TaskMarks.AddAsync(session, tasks.FirstOrDefault());
    }

    /// <summary>The first result stays; of several decisions on a call the newest has it.</summary>
    /// <returns>What the audit log is to hear of it; null when it is nobody's result, or of a call that changed nothing.</returns>
    public static async Task<AuditEvent?> SetResultAsync(Session session, ResultNote note)
    {
        const string newest =
            """
            (SELECT id FROM decisions WHERE task_id = @Task AND tool_call_id = @ToolCall AND principal_id = @Principal AND result IS NULL ORDER BY at DESC, id DESC LIMIT 1)
            """;
        var set = await session.QueryAsync<ResultRow>(
            $"UPDATE decisions SET result = CASE WHEN let_go THEN @End ELSE 'denied' END, exit_code = CASE WHEN let_go THEN CAST(@ExitCode AS BIGINT) END, result_at = @At WHERE result IS NULL AND id = {(note.Decision is null ? newest : "@Decision")} RETURNING {ResultRow.Columns}",
            new { note.Decision, note.Task, note.ToolCall, note.Principal, End = DecisionRow.Name(note.Result.End), ExitCode = (long?)note.Result.ExitCode, At = note.At.ToMicros() });
        await TaskMarks.AddAsync(session, set.FirstOrDefault()?.TaskId);
        return set.Select(row => row.Outcome(note.Content)).FirstOrDefault();
    }

    public static async Task<StoredDecision?> FindAsync(Session session, string id) => (await SelectAsync(session, "WHERE id = @id", new { id })).FirstOrDefault();

    public static async Task<StoredDecision?> FindAsync(Session session, DecisionKey key)
    {
        var conditions = new StringBuilder("WHERE principal_id = @Principal");
        And(conditions, "task_id = @Task", key.Task);
        And(conditions, "native_task = @NativeTask", key.NativeTask);
        And(conditions, "tool_call_id = @ToolCall", key.ToolCall);
        And(conditions, "digest = @Digest", key.Digest);
        return (await SelectAsync(session, conditions + " ORDER BY at DESC, id DESC LIMIT 1", key)).FirstOrDefault();
    }

    /// <summary>A page, newest first.</summary>
    public static async Task<ImmutableArray<StoredDecision>> PageAsync(Session session, DecisionQuery query)
    {
        var parameters = Conditions(query, out var conditions);
        And(conditions, "(at, id) < (SELECT at, id FROM decisions WHERE id = @Before)", query.Before);
        parameters.Add("Before", query.Before);
        parameters.Add("Limit", Math.Clamp(query.Limit, 1, 1000));
        return [.. await SelectAsync(session, conditions + " ORDER BY at DESC, id DESC LIMIT @Limit", parameters)];
    }

    /// <summary>A page, oldest first, behind one that was read before.</summary>
    public static async Task<List<StoredDecision>> AfterAsync(Session session, DecisionQuery query, StoredDecision? last, int limit)
    {
        var parameters = Conditions(query, out var conditions);
        And(conditions, "(at, id) > (@LastAt, @LastId)", last);
        parameters.Add("LastAt", last?.At.ToMicros());
        parameters.Add("LastId", last?.Id);
        parameters.Add("Limit", limit);
        return await SelectAsync(session, conditions + " ORDER BY at, id LIMIT @Limit", parameters);
    }

    /// <summary>Calls of which nothing was heard have ended nobody knows how.</summary>
    /// <returns>What the audit log is to hear of them; none when no more are left.</returns>
    public static async Task<(int Count, List<AuditEvent> Events)> GiveUpAsync(Session session, DateTimeOffset before, DateTimeOffset now, int most)
    {
        var rows = await session.QueryAsync<ResultRow>(
            $"""
            UPDATE decisions SET result = 'unknown', result_at = @Now
            WHERE id IN (SELECT id FROM decisions WHERE let_go AND result IS NULL AND at < @Before ORDER BY at LIMIT @most) RETURNING {ResultRow.Columns}
            """,
            new { Before = before.ToMicros(), Now = now.ToMicros(), most });
        await TaskMarks.AddAsync(session, rows.Select(static row => row.TaskId).OfType<string>());
        return (rows.Count, [.. rows.Select(static row => row.Outcome(content: null)).OfType<AuditEvent>()]);
    }

    /// <summary>Removes some of the oldest.</summary>
    /// <returns>How many.</returns>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset before, int most) => session.ExecuteAsync(
        "DELETE FROM decisions WHERE id IN (SELECT id FROM decisions WHERE at < @Before ORDER BY at, id LIMIT @most)", new { Before = before.ToMicros(), most });

    private static Task<List<StoredDecision>> SelectAsync(Session session, string rest, object parameters) =>
        session.ReadRowsAsync($"SELECT {DecisionRow.Columns} FROM decisions {rest}", parameters, row => DecisionRow.Read(row, session.Dialect));

    private static DynamicParameters Conditions(DecisionQuery query, out StringBuilder conditions)
    {
        conditions = new("WHERE 1 = 1");
        And(conditions, "principal_id = @Principal", query.Principal);
        And(conditions, "agent = @Agent", query.Agent);
        And(conditions, "task_id = @Task", query.Task);
        And(conditions, "native_task = @NativeTask", query.NativeTask);
        And(conditions, "tool = @Tool", query.Tool);
        And(conditions, "class = @Class", query.Class);
        And(conditions, "(rule = @Rule OR shadow_rule = @Rule OR warning = @Rule)", query.Rule);
        And(conditions, "effect = @Effect", query.Effect);
        And(conditions, "release_digest = @ReleaseDigest", query.ReleaseDigest);
        And(conditions, "at >= @Since", query.Since);
        And(conditions, "at < @Until", query.Until);
        return new(new
        {
            query.Principal,
            query.Agent,
            query.Task,
            query.NativeTask,
            query.Tool,
            Class = query.Class is { } tool ? DecisionRow.Name(tool) : null,
            query.Rule,
            Effect = query.Effect is { } effect ? DecisionRow.Name(effect) : null,
            query.ReleaseDigest,
            Since = query.Since?.ToMicros(),
            Until = query.Until?.ToMicros(),
        });
    }

    private static void And(StringBuilder conditions, string condition, object? value)
    {
        if (value is not null)
        {
            conditions.Append(" AND ").Append(condition);
        }
    }
}
