using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Notifications;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>
/// Goes on after a halt, once somebody has decided so: in a new shard, whose first entry says what was signed last and that this does not
/// continue it. What the old shard has beyond its published checkpoint comes into the new one, so that every entry lies under a signature.
/// </summary>
internal sealed class LogRestart(ILogLease lease, ILogSigner signer, EntryBook book, INotifications notifications, TimeProvider time, ILogger<LogRestart> logger)
{
    /// <param name="head">What was signed last, as far as this process knows.</param>
    /// <exception cref="SignerUnavailableException">It cannot be signed now.</exception>
    public async Task RunAsync(HaltRow halt, LastSigned? head, CancellationToken cancellationToken)
    {
        var key = await signer.CurrentAsync(cancellationToken);
        var made = await lease.WriteAsync(session => MakeAsync(session, halt, head, key), cancellationToken);
        notifications.Post(LogNotices.Restarted(time.GetUtcNow(), made, halt));
        Log.Restarted(logger, made.Number, made.Origin, halt.AskedBy ?? "", halt.Reason ?? "");
    }

    private async Task<ShardRow> MakeAsync(Session session, HaltRow halt, LastSigned? head, ReadOnlyMemory<byte> key)
    {
        var (now, old) = (time.GetUtcNow().ToMicros(), await ShardRow.AllAsync(session));
        foreach (var shard in old.TakeLast(2)) // the last may have been about to be opened, and the one before about to be signed to its end
        {
            await TakeBackAsync(session, shard, now);
        }

        var number = Math.Max(old is [.., var last] ? last.Number : 0, head?.Shard ?? 0) + 1;
        var known = old is [.., var newest] ? newest.Origin : head?.Checkpoint.Origin ?? throw new LogDamagedException("Neither the database nor keys/audit.signed knows a log.");

        // Another process may have signed a shard of this number that nobody here knows; a name is never used twice.
        var origin = ShardTurn.OriginOf(known, number, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        var made = new ShardRow(number, origin, new VerifierKey(origin, NoteAlgorithm.Ed25519, key.Span).ToString(), now, null, null, halt.At);
        var entry = book.Enter(new() { Act = AuditActs.LogRestarted, Actor = AuditActor.Of(halt.AskedBy ?? "system:audit"), Facts = [.. Facts(made, halt, head)] });
        await made.AddAsync(session);
        await ShardTurn.AppendAsync(session, made, TreeEdge.Empty, entry);
        await halt.EndAsync(session, now);
        return made;
    }

    private static async Task TakeBackAsync(Session session, ShardRow shard, long now)
    {
        if (shard.ClosedAt is null)
        {
            await shard.CloseAsync(session, now);
        }

        if (shard.ArchivedAt is null)
        {
            var published = (await CheckpointRow.NewestAsync(session, shard.Number))?.Size ?? 0;
            await session.ExecuteAsync("UPDATE audit_entries SET shard = NULL, seq = NULL WHERE shard = @Number AND seq >= @published", new { shard.Number, published });
        }
    }

    private static IEnumerable<AuditFact> Facts(ShardRow made, HaltRow halt, LastSigned? head)
    {
        yield return ShardTurn.FactOf(made);
        yield return AuditFact.Of("continued", value: false);
        yield return AuditFact.Of("problem", halt.Problem);
        yield return AuditFact.Of("reason", halt.Reason ?? "");
        if (head is not null)
        {
            yield return AuditFact.Of(
                "before",
                AuditFact.Of("number", head.Shard), AuditFact.Of("origin", head.Checkpoint.Origin), AuditFact.Of("size", head.Checkpoint.Size),
                AuditFact.Of("root", head.Checkpoint.Root.ToString()), AuditFact.Of("key", head.KeyId.ToString("x8", CultureInfo.InvariantCulture)));
        }
    }
}
