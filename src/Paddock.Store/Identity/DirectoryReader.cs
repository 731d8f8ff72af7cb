using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>
/// Reads the directory: whole, or what has changed since a version. Each change steps the version and names the principals it was about;
/// where one does not, or too many were changed, or the steps are forgotten by now, or what is known is of a history that was lost, the whole is read.
/// </summary>
internal static class DirectoryReader
{
    /// <summary>Principals that are read one by one; more are read whole.</summary>
    public const int MostChanged = 200;

    /// <summary>Steps that are remembered: minutes of a busy morning.</summary>
    private const int Remembered = 1000;

    private const string Principals = "SELECT id, kind, name, control, disabled, created_at AS CreatedAt FROM principals";

    private const string Teams = "SELECT principal_id AS PrincipalId, team FROM principal_teams";

    private const string Keys =
        """
        SELECT id, prefix, name, owner_id AS OwnerId, hash, models, model_patterns AS ModelPatterns, tools, control,
          pinned_agent AS PinnedAgent, pinned_mode AS PinnedMode, pinned_repository AS PinnedRepository, environment,
          created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt, replaces, last_used_at AS LastUsedAt, client
        FROM api_keys WHERE (client IS NULL OR (revoked_at IS NULL AND expires_at > @Now))
        """;

    /// <summary>The version alone, for those who look whether they must load again, and its mark.</summary>
    public static async Task<(long Version, string? Mark)> VersionAsync(Session session)
    {
        var version = await NumberAsync(session);
        return (version, await MarkAsync(session, version));
    }

    public static async Task<IdentityDirectory> ReadAsync(Session session, DateTimeOffset now)
    {
        var (version, mark) = await VersionAsync(session);
        var (principals, keys) = await RowsAsync(session, static _ => "1 = 1", new { Now = now.ToMicros() });
        return new(version, [.. principals], [.. keys], mark);
    }

    /// <param name="known">What was read before.</param>
    public static async Task<IdentityDirectory> ReadAsync(Session session, IdentityDirectory known, DateTimeOffset now)
    {
        var (version, mark) = await VersionAsync(session);
        if ((version, mark) == (known.Version, known.Mark))
        {
            return known;
        }

        if (version <= known.Version || known.Mark is null || await MarkAsync(session, known.Version) != known.Mark)
        {
            return await ReadAsync(session, now); // what is known is of another history, or may be
        }

        var changes = await session.QueryAsync<ChangeRow>("SELECT version, principal_id AS PrincipalId FROM identity_changes WHERE version > @Known AND version <= @version", new { Known = known.Version, version });
        var changed = changes.Select(static change => change.PrincipalId).ToHashSet(StringComparer.Ordinal);
        if (changed.Count > MostChanged || changes.Select(static change => change.Version).Distinct().Count() < version - known.Version)
        {
            return await ReadAsync(session, now);
        }

        var (principals, keys) = await RowsAsync(session, session.Dialect.AmongIds, new { Now = now.ToMicros(), ids = changed.ToArray() });
        return known.With(version, mark, changed.Select(PrincipalId.Parse).ToHashSet(), principals, keys);
    }

    /// <summary>Comes first in a change: its row lock puts concurrent ones in a line.</summary>
    public static async Task StepAsync(Session session)
    {
        await session.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'identity'");
        var version = await NumberAsync(session);
        await session.ExecuteAsync("INSERT INTO identity_steps (version, mark) VALUES (@version, @Mark) ON CONFLICT (version) DO UPDATE SET mark = excluded.mark", new { version, Mark = Guid.NewGuid().ToString("N") });
        await session.ExecuteAsync("DELETE FROM identity_steps WHERE version <= @Old", new { Old = version - Remembered });
        if (session.Dialect.Notify is { } notify)
        {
            await session.ExecuteAsync(notify);
        }
    }

    /// <summary>Nothing was changed after all: nobody has to read. Whom it named goes too, for the next change has this version, and may be about others.</summary>
    public static async Task StepBackAsync(Session session)
    {
        var version = await NumberAsync(session);
        await session.ExecuteAsync("DELETE FROM identity_changes WHERE version >= @version", new { version });
        await session.ExecuteAsync("DELETE FROM identity_steps WHERE version >= @version", new { version });
        await session.ExecuteAsync("UPDATE counters SET value = value - 1 WHERE name = 'identity'");
    }

    /// <summary>Says whom the change is about, besides others.</summary>
    public static async Task NameAsync(Session session, PrincipalId principal)
    {
        var version = await NumberAsync(session);
        await session.ExecuteAsync("INSERT INTO identity_changes (version, principal_id) VALUES (@version, @Value) ON CONFLICT DO NOTHING", new { version, principal.Value });
        await session.ExecuteAsync("DELETE FROM identity_changes WHERE version <= @Old", new { Old = version - Remembered });
    }

    private static Task<long> NumberAsync(Session session) => session.ScalarAsync<long>("SELECT value FROM counters WHERE name = 'identity'");

    private static Task<string?> MarkAsync(Session session, long version) => session.ScalarAsync<string>("SELECT mark FROM identity_steps WHERE version = @version", new { version });

    /// <param name="among">Which rows, by the column that names the principal.</param>
    private static async Task<(IEnumerable<Principal> Principals, IEnumerable<ApiKey> Keys)> RowsAsync(Session session, Func<string, string> among, object parameters)
    {
        var teams = (await session.QueryAsync<TeamRow>($"{Teams} WHERE {among("principal_id")}", parameters)).ToLookup(static row => row.PrincipalId, static row => row.Team);
        var principals = await session.QueryAsync<PrincipalRow>($"{Principals} WHERE {among("id")}", parameters);
        var keys = await session.QueryAsync<KeyRow>($"{Keys} AND {among("owner_id")}", parameters);
        return (principals.Select(row => row.ToPrincipal([.. teams[row.Id].Order(StringComparer.Ordinal)])), keys.Where(static row => row.IsUnderstood).Select(static row => row.ToKey()));
    }

    private sealed class ChangeRow
    {
        public long Version { get; init; }

        public string PrincipalId { get; init; } = "";
    }
}
