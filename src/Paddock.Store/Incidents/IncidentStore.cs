using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Audit;
using Paddock.Core.Incidents;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Incidents;

/// <summary>Incidents, their timelines, and who is on call, as rows.</summary>
internal sealed class IncidentStore(RecordedDatabase database) : IIncidents
{
    /// <summary>So long it is remembered what was told in a task: no task goes on for longer. Rows that are forgotten with one telling.</summary>
    private static readonly TimeSpan tellings = TimeSpan.FromDays(30);

    private const int AtOnce = 100;

    public Task<bool> OpenAsync(Incident incident, IReadOnlyCollection<IncidentEntry> entries, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => await IncidentSql.AddAsync(session, incident) == 1 ? await RecordAsync(session, incident, entries, by) : Recorded.Of(false), cancellationToken);

    public Task<bool> KeepAsync(IncidentOutcome.Changed change, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => await IncidentSql.UpdateAsync(session, change.Incident) == 1 ? await RecordAsync(session, change.Incident, change.Entries, by) : Recorded.Of(false), cancellationToken);

    public Task<bool> NoteAsync(string incident, IncidentEntry entry, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => await IncidentSql.NoteAsync(session, incident, entry) == 1 && await IncidentSql.FindAsync(session, incident) is { } noted ? Recorded.Of(true, IncidentEntries.Of(noted, entry, by)) : Recorded.Of(false),
        cancellationToken);

    public Task<Incident?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(session => IncidentSql.FindAsync(session, id), cancellationToken);

    public Task<ImmutableArray<Incident>> ListAsync(IncidentQuery query, CancellationToken cancellationToken) => database.ReadAsync(session => IncidentSql.ListAsync(session, query), cancellationToken);

    public Task<ImmutableArray<IncidentEntry>> TimelineAsync(string incident, CancellationToken cancellationToken) => database.ReadAsync(session => IncidentSql.TimelineAsync(session, incident), cancellationToken);

    public Task<OnCall?> OnCallAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.ReadRowsAsync(
            "SELECT principal_id, since, until FROM on_call WHERE since <= @Now ORDER BY since DESC LIMIT 1", new { Now = now.ToMicros() },
            static row => new OnCall(row.GetString(0), row.GetInt64(1).ToTime(), row.IsDBNull(2) ? null : row.GetInt64(2).ToTime()))).FirstOrDefault(one => one.Until is not { } until || until > now),
        cancellationToken);

    public Task SetOnCallAsync(OnCall one, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session => Recorded.Of(
            await session.ExecuteAsync(
                "INSERT INTO on_call (since, principal_id, until) VALUES (@Since, @Principal, @Until) ON CONFLICT (since) DO UPDATE SET principal_id = excluded.principal_id, until = excluded.until",
                new { Since = one.Since.ToMicros(), one.Principal, Until = one.Until?.ToMicros() }),
            IncidentEntries.Of(one, by)),
        cancellationToken);

    public Task<bool> TellAsync(string task, string text, DateTimeOffset now, CancellationToken cancellationToken) => database.NoteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                "DELETE FROM incident_tellings WHERE (task_id, text_hash) IN (SELECT task_id, text_hash FROM incident_tellings WHERE told_at < @Before ORDER BY told_at LIMIT @AtOnce)", new { Before = (now - tellings).ToMicros(), AtOnce });
            return await session.ExecuteAsync(
                "INSERT INTO incident_tellings (task_id, text_hash, told_at) VALUES (@task, @Hash, @Now) ON CONFLICT (task_id, text_hash) DO NOTHING",
                new { task, Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Now = now.ToMicros() }) == 1;
        },
        cancellationToken);

    private static async Task<Recorded<bool>> RecordAsync(Session session, Incident incident, IEnumerable<IncidentEntry> entries, AuditActor by)
    {
        var events = new List<AuditEvent>();
        foreach (var entry in entries)
        {
            await IncidentSql.NoteAsync(session, incident.Id, entry);
            events.Add(IncidentEntries.Of(incident, entry, by));
        }

        return Recorded.Of(true, [.. events]);
    }
}
