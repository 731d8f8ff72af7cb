using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Containments;

/// <summary>Containments as rows. What follows from a change (the live set, telling people) comes after its commit.</summary>
internal sealed class ContainmentStore(RecordedDatabase database, LiveContainments live, IIdentities identities, INotifications notifications, ContainmentMetrics metrics, TimeProvider time) : IContainmentStore
{
    private const string Insert =
        """
        INSERT INTO containments (id, user_id, key_id, agent, task, model, provider, tool, reason, created_by, created_at, expires_at, lifted_at, lifted_by, lift_reason)
        VALUES (@Id, @UserId, @KeyId, @Agent, @Task, @Model, @Provider, @Tool, @Reason, @CreatedBy, @CreatedAt, @ExpiresAt, @LiftedAt, @LiftedBy, @LiftReason)
        """;

    public async Task AddAsync(Containment containment, AuditActor by, CancellationToken cancellationToken)
    {
        if (containment.CreatedBy != by.Id)
        {
            throw new ArgumentException("Who makes a containment is who it says has made it.", nameof(by));
        }

        await ChangeAsync(async session => await session.ExecuteAsync(Insert, ContainmentRow.From(containment)) == 1 ? containment : null, ContainmentChange.Contained, by, cancellationToken);
        await FollowAsync(containment, ContainmentChange.Contained, containment.CreatedBy);
    }

    public async Task<Containment?> LiftAsync(ContainmentId id, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicros();
        var lifted = await ChangeAsync(
            async session => await session.ExecuteAsync(
                "UPDATE containments SET lifted_at = @now, lifted_by = @By, lift_reason = @reason WHERE id = @Value AND lifted_at IS NULL AND expires_at > @now",
                new { now, By = by.Id, reason, id.Value }) == 1 ? await FindAsync(session, id) : null,
            ContainmentChange.Lifted,
            by,
            cancellationToken);
        if (lifted is not null)
        {
            await FollowAsync(lifted, ContainmentChange.Lifted, by.Id);
        }

        return lifted;
    }

    /// <summary>Notes that its time has run out, and tells people. In all processes together this happens once.</summary>
    /// <returns>Whether it was this one.</returns>
    public async Task<bool> LapseAsync(ContainmentId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicros();
        var lapsed = await ChangeAsync(
            async session => await session.ExecuteAsync(
                "UPDATE containments SET lapsed_at = @now WHERE id = @Value AND lifted_at IS NULL AND lapsed_at IS NULL AND expires_at <= @now",
                new { now, id.Value }) == 1 ? await FindAsync(session, id) : null,
            ContainmentChange.Expired,
            AuditActor.Clock,
            cancellationToken);
        if (lapsed is not null)
        {
            await FollowAsync(lapsed, ContainmentChange.Expired, lapsed.CreatedBy);
        }

        return lapsed is not null;
    }

    public Task<Containment?> FindAsync(ContainmentId id, CancellationToken cancellationToken) => database.ReadAsync(session => FindAsync(session, id), cancellationToken);

    public Task<ImmutableArray<Containment>> ListAsync(ContainmentQuery query, CancellationToken cancellationToken) => database.ReadAsync<ImmutableArray<Containment>>(
        async session =>
        {
            string[] conditions =
            [
                query.State switch
                {
                    ContainmentState.InForce => "lifted_at IS NULL AND expires_at > @Now",
                    ContainmentState.Expired => "lifted_at IS NULL AND expires_at <= @Now",
                    ContainmentState.Lifted => "lifted_at IS NOT NULL",
                    _ => "",
                },
                query.Before is null ? "" : "id < @Before",
            ];
            var where = conditions.All(condition => condition.Length == 0) ? "" : "WHERE " + string.Join(" AND ", conditions.Where(condition => condition.Length > 0));
            var rows = await session.QueryAsync<ContainmentRow>(
                $"SELECT {ContainmentRow.Columns} FROM containments {where} ORDER BY id DESC LIMIT @Limit",
                new { Now = time.GetUtcNow().ToMicros(), Before = query.Before?.Value, query.Limit });
            return [.. rows.Select(row => row.ToContainment())];
        },
        cancellationToken);

    private static async Task<Containment?> FindAsync(Session session, ContainmentId id) =>
        (await session.QueryAsync<ContainmentRow>($"SELECT {ContainmentRow.Columns} FROM containments WHERE id = @Value", new { id.Value })).FirstOrDefault()?.ToContainment();

    /// <summary>A change and the version's step in one transaction. The step comes first: its row lock puts concurrent changes in a line.</summary>
    /// <param name="change">The containment as it is since; null when nothing was changed.</param>
    private Task<Containment?> ChangeAsync(Func<Session, Task<Containment?>> change, ContainmentChange what, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            await session.ExecuteAsync("UPDATE counters SET value = value + 1 WHERE name = 'containments'");
            if (session.Dialect.NotifyContainments is { } notify)
            {
                await session.ExecuteAsync(notify);
            }

            var changed = await change(session);
            return Recorded.Of(changed, changed is null ? null : ContainmentEntries.Of(changed, what, by));
        },
        cancellationToken);

    /// <summary>The change is made, whatever becomes of the one who asked for it: it comes into force here, and people are told even when that fails.</summary>
    private async Task FollowAsync(Containment containment, ContainmentChange what, string by)
    {
        try
        {
            await live.LoadAsync(CancellationToken.None);
        }
        finally
        {
            metrics.Changed(what);
            var directory = identities.Current;
            notifications.Post(ContainmentNotices.Of(containment, what, ContainmentNames.Of(containment.Selector, directory), ContainmentNames.UserOf(by, directory), time.GetUtcNow()));
        }
    }
}
