using Paddock.Core.Audit;
using Paddock.Core.Mitigations;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Mitigations;

/// <summary>Mitigations as rows. A change is in force in this process when it is acknowledged, elsewhere with the next look.</summary>
internal sealed class MitigationStore(RecordedDatabase database, LiveMitigations live, TimeProvider time) : IMitigationStore
{
    private const string Insert =
        """
        INSERT INTO mitigations (id, measure, reason, run_id, step, created_by, created_at, expires_at)
        VALUES (@Id, @Measure, @Reason, @RunId, @Step, @CreatedBy, @CreatedAt, @ExpiresAt) ON CONFLICT (id) DO NOTHING
        """;

    public async Task<bool> AddAsync(Mitigation mitigation, AuditActor by, CancellationToken cancellationToken)
    {
        if (mitigation.CreatedBy != by.Id)
        {
            throw new ArgumentException("Who makes a mitigation is who it says has made it.", nameof(by));
        }

        var isNew = await ChangeAsync(async session => await session.ExecuteAsync(Insert, MitigationRow.From(mitigation)) == 1 ? mitigation : null, MitigationChange.Begun, by, cancellationToken) is not null;
        await live.LoadAsync(CancellationToken.None);
        return isNew;
    }

    public async Task<Mitigation?> EndAsync(string id, AuditActor by, CancellationToken cancellationToken)
    {
        await ChangeAsync(session => EndAsync(session, id, by.Id, time.GetUtcNow()), MitigationChange.Ended, by, cancellationToken);
        await live.LoadAsync(CancellationToken.None);
        return await FindAsync(id, cancellationToken);
    }

    /// <summary>Notes that its time has run out. In all processes together this happens once.</summary>
    /// <returns>Whether it was this one.</returns>
    public async Task<bool> LapseAsync(Mitigation mitigation, CancellationToken cancellationToken)
    {
        var lapsed = await ChangeAsync(session => EndAsync(session, mitigation.Id, AuditActor.Clock.Id, mitigation.ExpiresAt), MitigationChange.Expired, AuditActor.Clock, cancellationToken);
        await live.LoadAsync(cancellationToken);
        return lapsed is not null;
    }

    public Task<Mitigation?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(session => FindAsync(session, id), cancellationToken);

    public Task<MitigationSet> StandingAsync(CancellationToken cancellationToken) => database.ReadAsync(LiveMitigations.ReadAsync, cancellationToken);

    private static async Task<Mitigation?> EndAsync(Session session, string id, string by, DateTimeOffset at) =>
        await session.ExecuteAsync("UPDATE mitigations SET ended_at = @at, ended_by = @by WHERE id = @id AND ended_at IS NULL", new { id, by, at = at.ToMicros() }) == 1 ? await FindAsync(session, id) : null;

    private static async Task<Mitigation?> FindAsync(Session session, string id) =>
        (await session.QueryAsync<MitigationRow>($"SELECT {MitigationRow.Columns} FROM mitigations WHERE id = @id", new { id })).FirstOrDefault()?.ToMitigation();

    /// <summary>A change and the version's step in one transaction. The step comes first: its row lock puts concurrent changes in a line.</summary>
    private Task<Mitigation?> ChangeAsync(Func<Session, Task<Mitigation?>> change, MitigationChange what, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            await session.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'mitigations'");
            var changed = await change(session);
            return Recorded.Of(changed, changed is null ? null : MitigationEntries.Of(changed, what, by));
        },
        cancellationToken);
}
