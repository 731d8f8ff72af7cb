using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Notifications;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Notifications;

/// <summary>Notices as rows. Every process adds them, one delivers.</summary>
internal sealed class NoticeStore(IDatabase database, [FromKeyedServices(Work.Notices)] IWorkLease lease, TimeProvider time) : INotices, IDisposable
{
    /// <summary>Rows removed in one transaction, so that others get their turn.</summary>
    private const int AtOnce = 2_000;

    /// <summary>Characters that are kept of why a try failed.</summary>
    private const int LongestReason = 200;

    /// <summary>Receivers ask side by side; the lease is one.</summary>
    private readonly SemaphoreSlim asking = new(1, 1);

    public void Dispose() => asking.Dispose();

    public Task AddAsync(Notification notification, string key, IReadOnlyCollection<string> receivers, CancellationToken cancellationToken)
    {
        if (receivers.Count == 0)
        {
            return Task.CompletedTask;
        }

        var (id, document, now) = (NotificationId.OfKey(key), NotificationDocument.Write(notification), time.GetUtcNow().ToMicros());
        return database.WriteAsync(
            async session =>
            {
                foreach (var receiver in receivers)
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO notices (key, receiver, id, notification, posted_at, state, tries, due_at) VALUES (@key, @receiver, @id, @document, @now, 'waiting', 0, @now)
                        ON CONFLICT (key, receiver) DO NOTHING
                        """,
                        new { key, receiver, id, document, now });
                }

                return true;
            },
            cancellationToken);
    }

    public async Task<ImmutableArray<Notice>> DueAsync(string receiver, int most, CancellationToken cancellationToken)
    {
        if (!await HoldAsync(cancellationToken))
        {
            return [];
        }

        var rows = await database.ReadAsync(
            session => session.ReadRowsAsync(
                "SELECT id, notification, posted_at, tries FROM notices WHERE receiver = @receiver AND due_at <= @Now ORDER BY posted_at, id LIMIT @most", new { receiver, most, Now = time.GetUtcNow().ToMicros() },
                row => new Notice(row.GetString(0), receiver, NotificationDocument.Read(row.GetString(1)), row.GetInt64(2).ToTime(), (int)row.GetInt64(3))),
            cancellationToken);
        return [.. rows];
    }

    public Task NoteAsync(Notice notice, NoticeState state, DateTimeOffset? dueAt, string? said, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE notices SET state = @State, tries = tries + @Failed, due_at = @Due, said = @Said WHERE id = @Id AND receiver = @Receiver AND state = 'waiting'",
            new
            {
                notice.Id,
                notice.Receiver,
                State = NameOf(state),
                Failed = state is NoticeState.Delivered ? 0 : 1,
                Due = state is NoticeState.Waiting ? (dueAt ?? time.GetUtcNow()).ToMicros() : (long?)null,
                Said = said is { Length: > LongestReason } ? said[..LongestReason] : said,
            }),
        cancellationToken);

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = (time.GetUtcNow() - INotices.Keep).ToMicros();
        while (await database.WriteAsync(session => ForgetAsync(session, before), cancellationToken) == AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static Task<int> ForgetAsync(Session session, long before) => session.ExecuteAsync(
        "DELETE FROM notices WHERE (key, receiver) IN (SELECT key, receiver FROM notices WHERE posted_at < @before ORDER BY posted_at LIMIT @AtOnce)", new { before, AtOnce });

    private async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            return await lease.HoldAsync(cancellationToken);
        }
        finally
        {
            asking.Release();
        }
    }

    private static string NameOf(NoticeState state) => state switch
    {
        NoticeState.Delivered => "delivered",
        NoticeState.GivenUp => "given_up",
        _ => "waiting",
    };
}
