using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Payloads;

/// <summary>Redacts and shreds.</summary>
internal sealed class PayloadErasing(RecordedDatabase database, ShreddedKeys keys, RecentPayloads recent, ErasureTraces traces, TimeProvider time)
{
    /// <summary>So long the hash of redacted content stays: an agent that still has the message would bring it back with its next turn.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    public Task<PayloadCount> CountAsync(PayloadSelection which, CancellationToken cancellationToken) => database.ReadAsync(session => PayloadSql.CountAsync(session, which), cancellationToken);

    public async Task<Redaction> RedactAsync(PayloadSelection which, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        if (which.IsEmpty)
        {
            throw new ArgumentException("Say what is to be redacted.", nameof(which));
        }

        var redacted = 0L;
        while (await database.ChangeAsync(session => RedactAsync(session, which, by, reason), cancellationToken) is > 0 and var some)
        {
            redacted += some;
        }

        if (redacted > 0)
        {
            await EraseTracesAsync(cancellationToken);
        }

        return new(redacted, (await CountAsync(which, cancellationToken)).Held);
    }

    public async Task<Shredding> ShredAsync(DataKeyId key, AuditActor by, string reason, CancellationToken cancellationToken)
    {
        var done = await database.ChangeAsync(session => ShredAsync(session, key, by, reason), cancellationToken);
        if (done is Shredding.Held)
        {
            return done;
        }

        // It is decided: whoever asked may go away, the key goes all the same.
        var destroyed = await keys.TryDestroyAsync(key, CancellationToken.None);
        await SweepAsync(cancellationToken);
        await EraseTracesAsync(cancellationToken);
        return destroyed ? done : Shredding.Pending;
    }

    /// <summary>Removes rows that nobody can open, and hashes that were remembered long enough.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Remembered;
        await AllAsync(session => PayloadSql.SweepAsync(session, PayloadEntries.MostTargets), cancellationToken);
        await AllAsync(session => PayloadSql.ForgetAsync(session, before, PayloadEntries.MostTargets), cancellationToken);
        await AllAsync(session => PayloadSql.DropErasedAsync(session, PayloadEntries.MostTargets), cancellationToken);
    }

    private async Task<Recorded<int>> RedactAsync(Session session, PayloadSelection which, AuditActor by, string reason)
    {
        await PayloadSql.TakeTurnAsync(session);
        var targets = await PayloadSql.RedactAsync(session, which, time.GetUtcNow(), PayloadEntries.MostTargets);
        return Recorded.Of(targets.Count, targets.Count == 0 ? null : PayloadEntries.Redacted(targets, by, reason));
    }

    private async Task<Recorded<Shredding>> ShredAsync(Session session, DataKeyId key, AuditActor by, string reason)
    {
        await PayloadSql.TakeTurnAsync(session);
        if (await session.ScalarAsync<long>("SELECT COUNT(*) FROM audit_shredded WHERE key_id = @Value", new { key.Value }) > 0)
        {
            return Recorded.Of(Shredding.DoneBefore);
        }

        if (await LegalHolds.IsHeldAsync(session, key))
        {
            return Recorded.Of(Shredding.Held);
        }

        await session.ExecuteAsync(
            "INSERT INTO audit_shredded (key_id, shredded_at, shredded_by) VALUES (@Value, @At, @By)", new { key.Value, At = time.GetUtcNow().ToMicros(), By = by.Id });
        return Recorded.Of(Shredding.Done, PayloadEntries.Shredded(key, by, reason));
    }

    private async Task AllAsync(Func<Session, Task<int>> some, CancellationToken cancellationToken)
    {
        while (await database.NoteAsync(some, cancellationToken) is > 0 and var count)
        {
            traces.Left();
            if (count < PayloadEntries.MostTargets)
            {
                return;
            }
        }
    }

    private async Task EraseTracesAsync(CancellationToken cancellationToken)
    {
        recent.Forget();
        traces.Left();
        await traces.RemoveAsync(cancellationToken);
    }
}
