using System.Collections.Immutable;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>The statements on agents' events, the same on both databases.</summary>
internal static class AgentEventSql
{
    public const string Columns =
        """
        seq, digest, first_hand AS FirstHand, same, at, principal_id AS Principal, agent, task_id AS Task, native_task AS NativeTask, parent_task AS ParentTask, type, mode, message_ts AS MessageTs, message_kind AS MessageKind,
        message_what AS MessageWhat, message_partial AS MessagePartial, message_length AS MessageLength, facts, retried
        """;

    private const string Insert =
        """
        INSERT INTO agent_events (digest, same, at, principal_id, agent, task_id, native_task, parent_task, type, mode, message_ts, message_kind, message_what, message_partial, message_length, facts, first_hand, retried)
        VALUES (@Digest, @Same, @At, @Principal, @Agent, @Task, @NativeTask, @ParentTask, @Type, @Mode, @Ts, @Kind, @What, @Partial, @TextLength, @Facts, @FirstHand, @Retried)
        ON CONFLICT (digest) DO NOTHING
        """;

    /// <returns>False when it is kept already; the row then says in which ways it came.</returns>
    public static async Task<bool> AddAsync(Session session, AgentEvent one)
    {
        var same = Convert.FromHexString(one.Identity.Same);
        var since = one.Identity.Once ? long.MinValue : (one.At - EventIdentity.Window).ToMicros();
        while (true) // another process may keep an equal one between two statements
        {
            if (await IsKeptAsync(session, one, same, since))
            {
                return false;
            }

            var number = one.Identity.Once || one.Retried ? 0 : await NumberAsync(session, same, one.At);
            if (await session.ExecuteAsync(Insert, ParametersOf(one, same, number)) == 1)
            {
                return true;
            }
        }
    }

    /// <summary>Many at once, each of which came at first hand and is told from all others by what it says alone (<see cref="EventIdentity.Once"/>).</summary>
    /// <returns>How many were new.</returns>
    public static async Task<int> AddOnceAsync(Session session, IEnumerable<AgentEvent> events)
    {
        var rows = EventRows.Of(events);
        var added = await session.ExecuteAsync($"INSERT INTO agent_events ({EventRows.Names}) SELECT {EventRows.Names} FROM {session.Dialect.Rows(EventRows.Columns)} WHERE true ON CONFLICT (digest) DO NOTHING", new { rows });
        await session.ExecuteAsync($"UPDATE agent_events SET first_hand = true WHERE NOT first_hand AND digest IN (SELECT digest FROM {session.Dialect.Rows("digest:b")})", new { rows });
        return added;
    }

    public static async Task<ImmutableArray<AgentEvent>> ListAsync(Session session, string task, long after, int limit) =>
    [
        .. (await session.QueryAsync<AgentEventRow>($"SELECT {Columns} FROM agent_events WHERE task_id = @task AND seq > @after ORDER BY seq LIMIT @limit", new { task, after, limit }))
            .Select(static row => row.Event()),
    ];

    /// <summary>Removes some of the oldest.</summary>
    /// <returns>How many.</returns>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset before, int most) => session.ExecuteAsync(
        "DELETE FROM agent_events WHERE seq IN (SELECT seq FROM agent_events WHERE at < @Before ORDER BY at LIMIT @most)", new { Before = before.ToMicros(), most });

    /// <summary>Looks for the row that this event is, and notes that it came, or came again.</summary>
    private static async Task<bool> IsKeptAsync(Session session, AgentEvent one, byte[] same, long since)
    {
        var parameters = new { same, since, FirstHand = !one.Retried, one.Retried };
        var free = one.Identity.Once || one.Retried ? "" : "AND NOT first_hand"; // at first hand it is another than those that came so
        return await session.ExecuteAsync(
            $"""
            UPDATE agent_events SET first_hand = CASE WHEN @FirstHand THEN true ELSE first_hand END, retried = CASE WHEN @Retried THEN true ELSE retried END
            WHERE seq = (SELECT min(seq) FROM agent_events WHERE same = @same AND at > @since {free}) {free}
            """,
            parameters) == 1;
    }

    /// <summary>How many equal ones this window has.</summary>
    private static async Task<int> NumberAsync(Session session, byte[] same, DateTimeOffset at)
    {
        var begin = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % EventIdentity.Window.Ticks), TimeSpan.Zero).ToMicros();
        return (int)await session.ScalarAsync<long>("SELECT count(*) FROM agent_events WHERE same = @same AND at >= @begin AND at < @End", new { same, begin, End = begin + EventIdentity.Window.ToMicros() });
    }

    private static object ParametersOf(AgentEvent one, byte[] same, int number) => new
    {
        Digest = one.Identity.Digest(one.At, number),
        Same = same,
        At = one.At.ToMicros(),
        one.Principal,
        one.Agent,
        one.Task,
        one.NativeTask,
        one.ParentTask,
        one.Type,
        one.Mode,
        one.Message?.Ts,
        one.Message?.Kind,
        one.Message?.What,
        one.Message?.Partial,
        one.Message?.TextLength,
        one.Facts,
        FirstHand = !one.Retried,
        one.Retried,
    };
}
