using System.Collections.Concurrent;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Modes;

/// <summary>Versions of settings and people's own choices as rows.</summary>
internal sealed class ClientSettings(RecordedDatabase database, TimeProvider time) : IClientSettings
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, long> remembered = new(StringComparer.Ordinal);

    public async ValueTask<long> VersionOfAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexString(digest.Span);
        if (remembered.TryGetValue(name, out var known))
        {
            return known;
        }

        var bytes = digest.ToArray();
        var version = await database.ReadAsync(session => FindAsync(session, bytes), cancellationToken)
            ?? await database.NoteAsync(session => MakeAsync(session, bytes), cancellationToken);
        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        remembered[name] = version; // it never changes
        return version;
    }

    public Task<PersonalSettings> FindAsync(PrincipalId person, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync<ChoiceRow>(
            "SELECT revision, task_sync AS TaskSync, enhanced FROM personal_settings WHERE principal_id = @Value", new { person.Value })) is [var row]
            ? new PersonalSettings(row.Revision, row.TaskSync, row.Enhanced)
            : PersonalSettings.None,
        cancellationToken);

    public Task<bool> ChangeAsync(PrincipalId person, PersonalSettings chosen, CancellationToken cancellationToken) => database.NoteAsync(
        async session => await session.ExecuteAsync(
            """
            INSERT INTO personal_settings (principal_id, revision, task_sync, enhanced) VALUES (@Value, @Revision, @SyncsTasks, @EnhancedFeatures)
            ON CONFLICT (principal_id) DO UPDATE SET revision = excluded.revision, task_sync = excluded.task_sync, enhanced = excluded.enhanced
            WHERE personal_settings.revision = excluded.revision - 1
            """,
            new { person.Value, chosen.Revision, chosen.SyncsTasks, chosen.EnhancedFeatures }) == 1,
        cancellationToken);

    private static async Task<long?> FindAsync(Session session, byte[] digest) =>
        await session.QueryAsync<long>("SELECT version FROM settings_versions WHERE digest = @digest", new { digest }) is [var version] ? version : null;

    /// <summary>Another process may take the number, or give the same content one, at the same moment: then nothing is inserted, and the next look sees what it did.</summary>
    private async Task<long> MakeAsync(Session session, byte[] digest)
    {
        while (true)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO settings_versions (digest, version)
                SELECT @digest, CASE WHEN newest >= @Now THEN newest + 1 ELSE @Now END FROM (SELECT coalesce(max(version), 0) AS newest FROM settings_versions) AS made
                WHERE true
                ON CONFLICT DO NOTHING
                """,
                new { digest, Now = time.GetUtcNow().ToUnixTimeMilliseconds() });
            if (await FindAsync(session, digest) is { } version)
            {
                return version;
            }
        }
    }

    private sealed class ChoiceRow
    {
        public long Revision { get; init; }

        public bool? TaskSync { get; init; }

        public bool? Enhanced { get; init; }
    }
}
