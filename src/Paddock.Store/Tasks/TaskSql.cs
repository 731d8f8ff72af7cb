using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Dapper;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>The statements on tasks, the same on both databases.</summary>
internal static class TaskSql
{
    private static readonly string names = string.Join(", ", TaskRow.Names);

    private static readonly string columns = string.Join(", ", TaskRow.Names.Select(static name => $"{name} AS {name.Replace("_", "", StringComparison.Ordinal)}"));

    private static readonly string changes = string.Join(", ", TaskRow.Names.Where(static name => name != "id").Select(static name => $"{name} = excluded.{name}"));

    public static Task UpsertAsync(Session session, List<TaskRow> rows) => session.ExecuteAsync(
        $"INSERT INTO tasks ({names}) SELECT {names} FROM {session.Dialect.Rows(TaskRow.Columns)} WHERE true ON CONFLICT (id) DO UPDATE SET {changes}",
        new { rows = JsonSerializer.Serialize(rows, TaskJson.Default.ListTaskRow) });

    public static async Task<Dictionary<string, TaskRow>> RowsAsync(Session session, IReadOnlyCollection<string> ids) =>
        (await session.QueryAsync<TaskRow>($"SELECT {columns} FROM tasks WHERE id IN (SELECT id FROM {session.Dialect.Rows("id:t")})", new { rows = RowsJson.OfIds(ids) })).ToDictionary(static row => row.Id, StringComparer.Ordinal);

    public static Task<List<TaskRow>> BegunBeforeAsync(Session session, IReadOnlyCollection<string> ids, DateTimeOffset before) => session.QueryAsync<TaskRow>(
        $"SELECT {columns} FROM tasks WHERE id IN (SELECT id FROM {session.Dialect.Rows("id:t")}) AND started_at < @Before", new { rows = RowsJson.OfIds(ids), Before = before.ToMicros() });

    public static async Task<ImmutableArray<TaskRecord>> PageAsync(Session session, TaskQuery query)
    {
        var where = new StringBuilder("WHERE 1 = 1");
        var parameters = new DynamicParameters();
        And("principal_id = @principal", "principal", query.Principal);
        And("principal_id IN (SELECT principal_id FROM principal_teams WHERE team = @team)", "team", query.Team);
        And("state = @state", "state", query.State?.Name());
        And("agent = @agent", "agent", query.Agent);
        And("mode = @mode", "mode", query.Mode);
        And("model = @model", "model", query.Model);
        And("repository = @repository", "repository", query.Repository);
        And("release_digest = @release", "release", query.Release);
        And("parent_id = @parent", "parent", query.Parent);
        And("last_at >= @since", "since", query.Since?.ToMicros());
        And($"({session.Dialect.Begins("id")} OR {session.Dialect.Begins("native_task")} OR {session.Dialect.Begins("repository")})", "search", query.Search);
        parameters.Add("end", query.Search is { } search ? search + '\uffff' : null);
        And("(last_at, id) < (@before, @beforeId)", "before", query.Before?.LastAt.ToMicros());
        parameters.Add("beforeId", query.Before?.Id);
        if (query is { WithSubtasks: false, Parent: null, Search: null })
        {
            where.Append(" AND root_id = id");
        }

        parameters.Add("limit", Math.Clamp(query.Limit, 1, 1000));
        var rows = await session.QueryAsync<TaskRow>($"SELECT {columns} FROM tasks {where} ORDER BY last_at DESC, id DESC LIMIT @limit", parameters);
        return [.. rows.Select(static row => row.Record())];

        void And(string condition, string name, object? value)
        {
            if (value is not null)
            {
                where.Append(" AND ").Append(condition);
                parameters.Add(name, value);
            }
        }
    }
}
