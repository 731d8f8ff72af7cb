using System.Data.Common;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Store.Dialects;
using Paddock.Store.Policies;

namespace Paddock.Store.Tasks;

/// <summary>Reads the facts of tasks from where they are kept: ledger, decisions, agents' events, verdicts.</summary>
internal sealed class TaskSources(IEnumerable<IAgentDialect> dialects)
{
    private const string Calls =
        """
        x.task_id, x.principal_id, x.agent, x.native_task, c.id, c.opened_at, x.teams, x.parent_task, x.mode, x.repository, x.release_digest, c.provider, coalesce(c.model_served, x.model_asked), x.tools_hash,
        c.closed_at, c.outcome, c.error_class, c.finish, c.cost_nano_usd, c.price_source, c.input_tokens + c.cache_read_tokens + c.cache_write_5m_tokens + c.cache_write_1h_tokens, c.output_tokens
        """;

    private const string Decisions = "task_id, principal_id, agent, native_task, id, at, call_id, tool_call_id, tool, class, outcome, outcome_at, effect, step, result, exit_code, result_at";

    /// <summary>Facts of one task that are read from one place at most, the newest: no agent works so much, and one that floods must not take the memory.</summary>
    private const int Most = 100_000;

    /// <summary>What an agent can say that one model call cost, 100 USD, or used: so that no sum of what somebody makes up leaves its type.</summary>
    private const long MostCost = 100_000_000_000, MostTokens = 100_000_000;

    /// <summary>What says that it waited for longer was told by a clock that is wrong: nobody knows for how long it did.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly IReadOnlyDictionary<string, IAgentDialect> byName = dialects.ByName();

    /// <summary>Splits tasks into groups whose facts are together not too many for the memory; a task that has so many is alone.</summary>
    public static async Task<List<List<string>>> SplitAsync(Session session, IReadOnlyCollection<string> tasks, int facts)
    {
        var given = $"(SELECT id FROM {session.Dialect.Rows("id:t")})";
        var counts = (await session.ReadRowsAsync(
            $"""
            SELECT task_id, count(*) FROM agent_events WHERE task_id IN {given} GROUP BY task_id
            UNION ALL SELECT task_id, count(*) FROM decisions WHERE task_id IN {given} GROUP BY task_id
            UNION ALL SELECT x.task_id, count(*) FROM call_contexts x CROSS JOIN calls c WHERE c.context_id = x.id AND x.task_id IN {given} GROUP BY x.task_id
            """,
            new { rows = RowsJson.OfIds(tasks) }, static row => (Task: row.GetString(0), Count: row.GetInt64(1)))).ToLookup(static one => one.Task, static one => one.Count, StringComparer.Ordinal);
        var (groups, room) = (new List<List<string>>(), 0L);
        foreach (var task in tasks)
        {
            var weight = counts[task].Sum();
            if (groups.Count == 0 || (room < weight && groups[^1].Count > 0))
            {
                groups.Add([]);
                room = facts;
            }

            groups[^1].Add(task);
            room -= weight;
        }

        return groups;
    }

    /// <summary>The facts of each of these tasks. A task of which only verdicts were ever known is not among them: nobody knows whose it is.</summary>
    /// <param name="since">What is older may be forgotten: of a task that began before, what it had come to is read, too.</param>
    public async Task<Dictionary<string, KnownTask>> ReadAsync(Session session, IReadOnlyCollection<string> tasks, DateTimeOffset since)
    {
        var known = new Dictionary<string, KnownTask>(StringComparer.Ordinal);
        foreach (var row in await TaskSql.BegunBeforeAsync(session, tasks, since))
        {
            Of(known, row.Id, row.PrincipalId, row.Agent, row.NativeTask).Past = new(row.Record().Task, since);
        }

        var (ids, dialect) = (new { rows = RowsJson.OfIds(tasks) }, session.Dialect);
        var given = $"(SELECT id FROM {dialect.Rows("id:t")})";
        await session.ReadRowsAsync($"SELECT {Calls} FROM call_contexts x CROSS JOIN calls c WHERE c.context_id = x.id AND x.task_id IN {given} AND x.path NOT LIKE '%/count_tokens' ORDER BY c.id DESC LIMIT {Most}", ids, row => Add(known, row, Turn(row, dialect)));
        await session.ReadRowsAsync($"SELECT {Decisions} FROM decisions WHERE task_id IN {given} ORDER BY at DESC LIMIT {Most}", ids, row => Add(known, row, Tool(row, dialect)));
        foreach (var one in await session.QueryAsync<AgentEventRow>($"SELECT {AgentEventSql.Columns} FROM agent_events WHERE task_id IN {given} ORDER BY seq DESC LIMIT {Most}", ids))
        {
            var read = one.Event();
            Of(known, read.Task!, read.Principal, read.Agent, read.NativeTask).Facts.Add(Event(one, read)); // asked for by task
        }

        await session.ReadRowsAsync(
            $"SELECT task_id, id, at, kind, source, checks FROM task_verdicts WHERE task_id IN {given}", ids,
            row => known.TryGetValue(row.GetString(0), out var task) && AddTo(task, new VerdictFact(row.GetString(1), row.GetInt64(2).ToTime(), DecisionRow.Value<VerdictKind>(row.GetString(3)), DecisionRow.Value<SuccessSource>(row.GetString(4))) { Checks = row.GetString(5) }));
        await AddTeamsAsync(session, known);
        return known;
    }

    /// <summary>For tasks that no model call says the teams of.</summary>
    private static async Task AddTeamsAsync(Session session, Dictionary<string, KnownTask> known)
    {
        var without = known.Values.Where(static task => !task.Facts.Exists(static fact => fact is TurnFact)).ToList();
        if (without.Count == 0)
        {
            return;
        }

        var rows = await session.ReadRowsAsync(
            $"SELECT principal_id, team FROM principal_teams WHERE principal_id IN (SELECT id FROM {session.Dialect.Rows("id:t")})",
            new { rows = RowsJson.OfIds(without.Select(static task => task.Origin.Principal).Distinct(StringComparer.Ordinal)) }, static row => (Principal: row.GetString(0), Team: row.GetString(1)));
        foreach (var team in rows)
        {
            without.FindAll(task => task.Origin.Principal == team.Principal).ForEach(task => task.Teams.Add(team.Team));
        }
    }

    private bool Add(Dictionary<string, KnownTask> known, DbDataReader row, TaskFact fact) => AddTo(Of(known, row.GetString(0), row.GetString(1), row.GetString(2), Text(row, 3)), fact);

    private static bool AddTo(KnownTask task, TaskFact fact)
    {
        task.Facts.Add(fact);
        return true;
    }

    private KnownTask Of(Dictionary<string, KnownTask> known, string task, string principal, string agent, string? native)
    {
        if (!known.TryGetValue(task, out var one))
        {
            var teams = new List<string>();
            known[task] = one = new(new(task, principal, agent, teams, byName.GetValueOrDefault(agent)?.ClaimsByTool is true), native, teams);
        }

        return one;
    }

    private static TurnFact Turn(DbDataReader row, IDialect dialect)
    {
        var tokens = Number(row, 20) + Number(row, 21);
        return new(new CallId(dialect.ReadId(row.GetValue(4))).ToString(), row.GetInt64(5).ToTime())
        {
            Teams = DecisionDocument.Texts(row.GetString(6)),
            ParentTask = Text(row, 7),
            Mode = Text(row, 8),
            Repository = Text(row, 9),
            Release = row.GetString(10),
            Provider = Text(row, 11),
            Model = Text(row, 12),
            OffersTools = !row.IsDBNull(13),
            EndedAt = row.IsDBNull(14) ? null : row.GetInt64(14).ToTime(),
            Outcome = Text(row, 15) is { } outcome ? DecisionRow.Value<CallOutcome>(outcome) : null,
            ErrorClass = Text(row, 16),
            Finish = Text(row, 17),
            CostNanoUsd = Number(row, 18),
            IsUnpriced = tokens > 0 && Text(row, 19) == "unknown" && Number(row, 18) == 0, // a call that was lost is charged its floor
            InputTokens = Number(row, 20),
            OutputTokens = Number(row, 21),
        };
    }

    private static ToolFact Tool(DbDataReader row, IDialect dialect) => new(row.GetString(4), row.GetInt64(5).ToTime())
    {
        Turn = new CallId(dialect.ReadId(row.GetValue(6))).ToString(),
        ToolCall = Text(row, 7),
        Tool = row.GetString(8),
        Class = DecisionRow.Value<ToolClass>(row.GetString(9)),
        Outcome = DecisionRow.Value<DecisionOutcome>(row.GetString(10)),
        OutcomeAt = row.GetInt64(11).ToTime(),
        AsksApproval = row.GetString(12) == "require_approval",
        Step = DecisionDocument.Step(Text(row, 13)),
        Result = Text(row, 14) is { } end ? new ToolResult(DecisionRow.Value<ToolEnd>(end), row.IsDBNull(15) ? null : (int)row.GetInt64(15)) : null,
        ResultAt = row.IsDBNull(16) ? null : row.GetInt64(16).ToTime(),
    };

    private EventFact Event(AgentEventRow row, AgentEvent read)
    {
        var waited = read.Retried && !row.FirstHand;
        var told = waited && read.Message is { } message && DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(message.Ts, 0, read.At.ToUnixTimeMilliseconds())) is var time && time > read.At - LongestWait ? time : (DateTimeOffset?)null;
        var signal = byName.GetValueOrDefault(read.Agent)?.SignalOf(read) ?? TaskSignal.None;
        signal = signal with { CostNanoUsd = signal.CostNanoUsd is { } cost ? Math.Clamp(cost, 0, MostCost) : null, InputTokens = Math.Clamp(signal.InputTokens, 0, MostTokens), OutputTokens = Math.Clamp(signal.OutputTokens, 0, MostTokens) };
        return new(Convert.ToHexStringLower(row.Digest), told ?? read.At, signal, waited && told is null) { ParentTask = read.ParentTask == read.NativeTask ? null : read.ParentTask, Mode = read.Mode };
    }

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);

    private static long Number(DbDataReader row, int at) => row.IsDBNull(at) ? 0 : row.GetInt64(at);
}
