using System.Collections.Immutable;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Agents;

/// <summary>The statements on clients, the same on both databases.</summary>
internal static class ClientSql
{
    private const string Columns =
        """
        key_id AS KeyId, principal_id AS PrincipalId, agent, agent_version AS AgentVersion, device, first_seen_at AS FirstSeenAt, last_seen_at AS LastSeenAt, refreshed_at AS RefreshedAt,
        settings_version AS SettingsVersion
        """;

    /// <summary>Replicas write in any order: of two words the later stays. Whose credential is gone, or whose owner is disabled and may be erased, is not written.</summary>
    private const string Upsert =
        """
        INSERT INTO agent_clients (key_id, agent, principal_id, agent_version, device, first_seen_at, last_seen_at, refreshed_at, settings_version)
        SELECT k.id, @Agent, k.owner_id, @AgentVersion, @Device, @FirstSeenAt, @LastSeenAt, @RefreshedAt, @SettingsVersion
        FROM api_keys k JOIN principals p ON p.id = k.owner_id WHERE k.id = @KeyId AND p.disabled = @Disabled
        ON CONFLICT (key_id, agent) DO UPDATE SET
          agent_version = CASE WHEN excluded.last_seen_at >= agent_clients.last_seen_at THEN coalesce(excluded.agent_version, agent_clients.agent_version) ELSE coalesce(agent_clients.agent_version, excluded.agent_version) END,
          device = CASE WHEN excluded.last_seen_at >= agent_clients.last_seen_at THEN coalesce(excluded.device, agent_clients.device) ELSE coalesce(agent_clients.device, excluded.device) END,
          first_seen_at = CASE WHEN excluded.first_seen_at < agent_clients.first_seen_at THEN excluded.first_seen_at ELSE agent_clients.first_seen_at END,
          last_seen_at = CASE WHEN excluded.last_seen_at > agent_clients.last_seen_at THEN excluded.last_seen_at ELSE agent_clients.last_seen_at END,
          settings_version = CASE WHEN excluded.refreshed_at >= coalesce(agent_clients.refreshed_at, 0) THEN excluded.settings_version ELSE agent_clients.settings_version END,
          refreshed_at = CASE WHEN excluded.refreshed_at >= coalesce(agent_clients.refreshed_at, 0) THEN excluded.refreshed_at ELSE agent_clients.refreshed_at END
        RETURNING refreshed_at AS RefreshedAt, told_at AS ToldAt
        """;

    /// <returns>Whether it is stale, and nobody was told of it: then somebody is now.</returns>
    public static async Task<DateTimeOffset?> WriteAsync(Session session, ClientNews news)
    {
        var written = await session.QueryAsync<StandingRow>(Upsert, ParametersOf(news));
        if (written is not [{ RefreshedAt: { } refreshed } row] || row.ToldAt == refreshed || news.CalledAt - refreshed.ToTime() <= news.CallsWithin)
        {
            return null;
        }

        var told = await session.ExecuteAsync(
            "UPDATE agent_clients SET told_at = refreshed_at WHERE key_id = @KeyId AND agent = @Agent AND refreshed_at = @refreshed AND (told_at IS NULL OR told_at <> refreshed_at)",
            new { KeyId = news.Credential.Value, news.Agent, refreshed });
        return told == 1 ? refreshed.ToTime() : null;
    }

    public static async Task<AgentClient?> FindAsync(Session session, KeyId credential, string agent) =>
        (await session.QueryAsync<ClientRow>($"SELECT {Columns} FROM agent_clients WHERE key_id = @Value AND agent = @agent", new { credential.Value, agent })).FirstOrDefault()?.Client();

    public static async Task<ImmutableArray<AgentClient>> ListAsync(Session session, ClientQuery query)
    {
        string[] conditions =
        [
            "1 = 1",
            .. query.Principal is null ? [] : new[] { "principal_id = @Principal" },
            .. query.Agent is null ? [] : new[] { "agent = @Agent" },
            .. query.After is null ? [] : new[] { "(last_seen_at, key_id, agent) < (@LastSeenAt, @KeyId, @AfterAgent)" },
        ];
        var parameters = new
        {
            Principal = query.Principal?.Value,
            query.Agent,
            LastSeenAt = query.After?.LastSeenAt.ToMicros(),
            KeyId = query.After?.Credential.Value,
            AfterAgent = query.After?.Agent,
            Limit = Math.Clamp(query.Limit, 1, 1000),
        };
        var rows = await session.QueryAsync<ClientRow>($"SELECT {Columns} FROM agent_clients WHERE {string.Join(" AND ", conditions)} ORDER BY last_seen_at DESC, key_id DESC, agent DESC LIMIT @Limit", parameters);
        return [.. rows.Select(static row => row.Client())];
    }

    /// <summary>Removes also what says that people were told of a task.</summary>
    public static async Task<int> ForgetAllAsync(Session session, DateTimeOffset before) =>
        await ForgetAsync(session, before) + await session.ExecuteAsync("DELETE FROM stale_tasks WHERE told_at < @Before", new { Before = before.ToMicros() });

    /// <summary>Removes those that were not seen since, and of each credential those beyond the newest; a client that reads settings stays longest.</summary>
    /// <returns>How many.</returns>
    private static async Task<int> ForgetAsync(Session session, DateTimeOffset before) =>
        await session.ExecuteAsync("DELETE FROM agent_clients WHERE last_seen_at < @Before", new { Before = before.ToMicros() })
        + await session.ExecuteAsync(
            """
            DELETE FROM agent_clients WHERE (key_id, agent) IN (
              SELECT key_id, agent FROM (
                SELECT key_id, agent, row_number() OVER (PARTITION BY key_id ORDER BY CASE WHEN refreshed_at IS NULL THEN 1 ELSE 0 END, last_seen_at DESC, agent) AS place FROM agent_clients
              ) AS ranked WHERE place > @Most)
            """,
            new { Most = ClientBook.MostOfOne });

    private static object ParametersOf(ClientNews news) => new
    {
        KeyId = news.Credential.Value,
        news.Agent,
        news.AgentVersion,
        news.Device,
        FirstSeenAt = news.FirstSeenAt.ToMicros(),
        LastSeenAt = news.LastSeenAt.ToMicros(),
        RefreshedAt = news.RefreshedAt?.ToMicros(),
        news.SettingsVersion,
        Disabled = false,
    };

    private sealed class StandingRow
    {
        public long? RefreshedAt { get; init; }

        public long? ToldAt { get; init; }
    }
}
