using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Notes of which tasks something became known, in the transaction that writes it: so nothing is folded before it is there, and nothing that is there is forgotten.</summary>
internal static class TaskMarks
{
    public const string Insert = "INSERT INTO task_changes (task_id) VALUES (?1)";

    /// <summary>Microseconds between two folds of a task: for each fact, and at most.</summary>
    private const long PauseOfFact = 20_000, MostPause = 60_000_000;

    public const string InsertMany = "INSERT INTO task_changes (task_id) SELECT unnest($1::text[])";

    /// <param name="task">Null = no task's.</param>
    public static Task AddAsync(Session session, string? task) => task is null ? Task.CompletedTask : session.ExecuteAsync("INSERT INTO task_changes (task_id) VALUES (@task)", new { task });

    public static async Task AddAsync(Session session, IEnumerable<string> tasks)
    {
        var ids = tasks.Distinct(StringComparer.Ordinal).ToArray();
        if (ids.Length > 0)
        {
            await session.ExecuteAsync($"INSERT INTO task_changes (task_id) SELECT id FROM {session.Dialect.Rows("id:t")}", new { rows = RowsJson.OfIds(ids) });
        }
    }

    /// <summary>
    /// The tasks that were marked first, with all their marks. Tasks with many facts, which take long to read, less often than others: each
    /// adds <see cref="PauseOfFact"/> between two folds, a thousand times what it takes, so that a task under way has a thousandth of a core.
    /// </summary>
    /// <param name="now">Unix microseconds; <see cref="long.MaxValue"/> = all at once.</param>
    /// <param name="most">Tasks.</param>
    public static async Task<List<TaskMark>> NextAsync(Session session, long now, int most)
    {
        var tasks = (await session.QueryAsync<string>(
            "SELECT m.task_id FROM task_changes m LEFT JOIN tasks t ON t.id = m.task_id WHERE t.id IS NULL OR t.folded_at + CASE WHEN t.facts < @MostOfFacts THEN t.facts * @PauseOfFact ELSE @MostPause END <= @now ORDER BY m.seq LIMIT @Looked",
            new { now, MostOfFacts = MostPause / PauseOfFact, PauseOfFact, MostPause, Looked = most * 10 })).Distinct(StringComparer.Ordinal).Take(most);
        return await session.ReadRowsAsync(
            $"SELECT seq, task_id FROM task_changes WHERE task_id IN (SELECT id FROM {session.Dialect.Rows("id:t")})",
            new { rows = RowsJson.OfIds(tasks) }, static row => new TaskMark(row.GetInt64(0), row.GetString(1)));
    }

    public static Task<List<TaskMark>> OfAsync(Session session, string task) => session.ReadRowsAsync("SELECT seq, task_id FROM task_changes WHERE task_id = @task", new { task }, static row => new TaskMark(row.GetInt64(0), row.GetString(1)));

    /// <summary>Takes the marks away, and the turn to write tasks and tallies: two who add to the same tally at once would lose one of both.</summary>
    /// <exception cref="MarksTakenException">Somebody else has folded one of them: nothing may be written.</exception>
    public static async Task TakeAsync(Session session, IReadOnlyCollection<TaskMark> marks)
    {
        await session.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'tasks'");
        if (await session.ExecuteAsync($"DELETE FROM task_changes WHERE seq IN (SELECT seq FROM {session.Dialect.Rows("seq:i")})", new { rows = RowsJson.OfNumbers("seq", marks.Select(static mark => mark.Seq)) }) != marks.Count)
        {
            throw new MarksTakenException();
        }
    }

    /// <summary>Tasks that time alone changes now.</summary>
    public static Task<List<string>> DueAsync(Session session, long now, int most) => session.QueryAsync<string>("SELECT id FROM tasks WHERE due_at <= @now ORDER BY due_at LIMIT @most", new { now, most });

    /// <summary>Marks tasks that were due; the fold says when they are next.</summary>
    public static async Task<int> AddDueAsync(Session session, List<string> due)
    {
        await AddAsync(session, due);
        return await session.ExecuteAsync($"UPDATE tasks SET due_at = NULL WHERE {session.Dialect.AmongIds("id")}", new { ids = due.ToArray() });
    }
}

/// <param name="Seq">Of the mark.</param>
internal readonly record struct TaskMark(long Seq, string Task);

/// <summary>Another process has folded these tasks.</summary>
internal sealed class MarksTakenException() : Exception("Another process has folded these tasks.");
