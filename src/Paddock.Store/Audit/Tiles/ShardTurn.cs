using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>
/// Closes a shard when its time is over or its key is no longer the current one, and opens the next. Two steps, each one transaction: (1)
/// the last entry, which names the next shard and its key, and the next shard's row; (2), once the final checkpoint is published, the next
/// shard's first entry, which holds it. Between them nothing is put into the log, and wherever a process dies the next one goes on.
/// </summary>
internal sealed class ShardTurn(ILogLease lease, ILogSigner signer, EntryBook book, StoreOptions options, TimeProvider time, ILogger<ShardTurn> logger)
{
    /// <summary>Looking at the key reads a file.</summary>
    private static readonly TimeSpan between = TimeSpan.FromSeconds(1);

    private static readonly AuditActor self = AuditActor.Of("system:audit");

    private DateTimeOffset looked;

    /// <summary>The next step, if one is due.</summary>
    /// <param name="log">Published as far as it goes.</param>
    /// <returns>The log to go on with, which must be published before the step after it; null when none is due.</returns>
    public async Task<OpenLog?> StepAsync(OpenLog log, CancellationToken cancellationToken)
    {
        if (log.Shard.ClosedAt is not null)
        {
            return await OpenNextAsync(log, cancellationToken);
        }

        return await DueAsync(log, cancellationToken) is { } due ? await CloseAsync(log, due, cancellationToken) : null;
    }

    /// <summary>The origin of a log's later shard: that of the first, and its number.</summary>
    /// <param name="origin">Of any shard of the log.</param>
    public static string OriginOf(string origin, long number, string? mark = null)
    {
        var slash = origin.LastIndexOf('/');
        var log = origin.AsSpan(slash + 1).StartsWith("org_") ? origin : origin[..slash];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{log}/{number}{(mark is null ? "" : "." + mark)}");
    }

    private async Task<Due?> DueAsync(OpenLog log, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if ((now - looked).Duration() < between)
        {
            return null;
        }

        looked = now;
        var (own, isOver) = (log.Key.PublicKey, options.AuditShard.IsOver(log.Shard.OpenedAt.ToTime(), now));
        try
        {
            var current = await signer.CurrentAsync(cancellationToken);
            var isOther = !current.Span.SequenceEqual(own.Span) && await lease.ReadAsync(session => IsFreshAsync(session, current), cancellationToken);
            return (isOver || isOther) && await signer.HasAsync(own, cancellationToken) ? new(isOther ? "key" : "period", isOther ? current : own) : null;
        }
        catch (SignerUnavailableException)
        {
            return null; // what is to be signed meets it again
        }
    }

    /// <summary>A key that signed an earlier shard was rotated away; that it is another process's current one means that this has the older files.</summary>
    private static async Task<bool> IsFreshAsync(Session session, ReadOnlyMemory<byte> key) =>
        (await ShardRow.AllAsync(session)).TrueForAll(shard => !shard.Key.PublicKey.Span.SequenceEqual(key.Span));

    private async Task<OpenLog> CloseAsync(OpenLog log, Due due, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToMicros();
        var origin = OriginOf(log.Shard.Origin, log.Shard.Number + 1);
        var next = new ShardRow(log.Shard.Number + 1, origin, new VerifierKey(origin, NoteAlgorithm.Ed25519, due.Key.Span).ToString(), now, null, null, null);
        var closed = book.Enter(new()
        {
            Act = AuditActs.ShardClosed,
            Actor = self,
            Mutating = false,
            Facts =
            [
                AuditFact.Of("shard", AuditFact.Of("number", log.Shard.Number), AuditFact.Of("origin", log.Shard.Origin)), AuditFact.Of("why", due.Why),
                AuditFact.Of("next", AuditFact.Of("number", next.Number), AuditFact.Of("origin", next.Origin), AuditFact.Of("vkey", next.Vkey)),
            ],
        });
        var edge = await lease.WriteAsync(
            async session =>
            {
                await log.Shard.CloseAsync(session, now);
                await next.AddAsync(session);
                return await AppendAsync(session, log.Shard, log.Edge, closed);
            },
            cancellationToken);
        Log.ShardClosed(logger, log.Shard.Number, due.Why);
        return log with { Shard = log.Shard with { ClosedAt = now }, Edge = edge };
    }

    private async Task<OpenLog> OpenNextAsync(OpenLog log, CancellationToken cancellationToken)
    {
        if (log.Published is not { } final || final.Size != log.Edge.Size)
        {
            throw new InvalidOperationException($"The end of shard {log.Shard.Number} is not published.");
        }

        var next = await lease.ReadAsync(session => ShardRow.FindAsync(session, log.Shard.Number + 1), cancellationToken)
            ?? throw new LogDamagedException($"Shard {log.Shard.Number} of the audit log is closed, and there is none after it.");
        var opened = book.Enter(new() { Act = AuditActs.ShardOpened, Actor = self, Mutating = false, Facts = [FactOf(next), BeforeOf(log.Shard, final)] });
        var edge = await lease.WriteAsync(session => AppendAsync(session, next, TreeEdge.Empty, opened), cancellationToken);
        Log.ShardOpened(logger, next.Number, next.Origin);
        await RetireAsync(log.Key, next.Key, cancellationToken);
        return new(next, next.Key, edge, null, log.Head);
    }

    /// <summary>Puts an entry that the log itself makes at its end.</summary>
    public static async Task<TreeEdge> AppendAsync(Session session, ShardRow shard, TreeEdge edge, AuditEntry entry)
    {
        var tiles = new List<Tile>();
        var grown = edge.Append([TreeHash.OfLeaf(entry.Bytes.Span)], tiles);
        await EntrySql.AddAsync(session, entry);
        await EntryRows.PlaceAsync(session, shard.Number, edge.Size, [entry.Id]);
        await new TileRows(session, shard.Number).WriteAsync(tiles);
        return grown;
    }

    public static AuditFact FactOf(ShardRow shard) => AuditFact.Of("shard", AuditFact.Of("number", shard.Number), AuditFact.Of("origin", shard.Origin), AuditFact.Of("vkey", shard.Vkey));

    private static AuditFact BeforeOf(ShardRow shard, CheckpointRow final) => AuditFact.Of(
        "before",
        AuditFact.Of("number", shard.Number), AuditFact.Of("origin", shard.Origin), AuditFact.Of("size", final.Size), AuditFact.Of("root", new TreeHash(final.Root).ToString()), AuditFact.Of("note", final.Note));

    private async Task RetireAsync(VerifierKey before, VerifierKey now, CancellationToken cancellationToken)
    {
        if (before.PublicKey.Span.SequenceEqual(now.PublicKey.Span))
        {
            return;
        }

        try
        {
            await signer.RetireAsync(before.PublicKey, cancellationToken);
        }
        catch (SignerUnavailableException fault)
        {
            Log.KeyNotRetired(logger, fault.Message); // the shard is closed all the same
        }
    }

    /// <param name="Why"><c>period</c> or <c>key</c>.</param>
    /// <param name="Key">Public key that the next shard is signed with.</param>
    private sealed record Due(string Why, ReadOnlyMemory<byte> Key);
}
