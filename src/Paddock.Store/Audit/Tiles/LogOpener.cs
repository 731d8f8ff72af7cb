using System.Security.Cryptography;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Opens the log under the lease: checks what is there, and makes one where there is none.</summary>
internal sealed class LogOpener(ILogLease lease, LogCheck check, ILogSigner signer, ILastSigned lastSigned, EntryBook book, StoreOptions options, TimeProvider time)
{
    /// <exception cref="LogDamagedException">What is there does not go with itself, or with what was signed.</exception>
    /// <exception cref="SignerUnavailableException">This process cannot sign the log, or must not: it has not the key, or does not know what was signed last.</exception>
    public async Task<OpenLog> OpenAsync(CancellationToken cancellationToken)
    {
        var head = lastSigned.Read();
        if (await lease.ReadAsync(ShardRow.NewestAsync, cancellationToken) is null)
        {
            head = await MakeAsync(head, cancellationToken);
        }

        if (head is null)
        {
            throw new SignerUnavailableException("keys/audit.signed is missing: what was signed last is not known here. Copy it, with the key, from the keys/ of a process that has signed or followed this log.");
        }

        return await lease.ReadAsync(
            async session => await check.OpenAsync(session, (await ShardRow.NewestAsync(session))!, head), // made above, or found
            cancellationToken);
    }

    /// <summary>The first shard. That nothing was signed yet is written down first: from then on a log without that file is one that somebody else made.</summary>
    private async Task<LastSigned> MakeAsync(LastSigned? head, CancellationToken cancellationToken)
    {
        if (head is { Checkpoint.Size: > 0 } or { Shard: > 1 })
        {
            throw new LogDamagedException($"The database holds no audit log, and {head.Checkpoint.Size} entries of {head.Checkpoint.Origin} were signed. It is older than what was signed, or another.");
        }

        await signer.PrepareAsync(cancellationToken);
        var origin = $"{options.AuditName}/audit/org_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}";
        var key = new VerifierKey(origin, NoteAlgorithm.Ed25519, (await signer.CurrentAsync(cancellationToken)).Span);
        var made = new LastSigned(1, new(origin, 0, TreeHash.OfNothing), key.KeyId);
        lastSigned.Write(made);
        var shard = new ShardRow(1, origin, key.ToString(), time.GetUtcNow().ToMicros(), null, null);
        await lease.WriteAsync(session => AddAsync(session, shard), cancellationToken);
        return made;
    }

    /// <summary>A shard begins with the entry that says so.</summary>
    private async Task<bool> AddAsync(Session session, ShardRow shard)
    {
        var opened = book.Enter(new()
        {
            Act = AuditActs.ShardOpened,
            Actor = AuditActor.Of("system:audit"),
            Mutating = false,
            Facts = [AuditFact.Of("shard", AuditFact.Of("number", shard.Number), AuditFact.Of("origin", shard.Origin), AuditFact.Of("vkey", shard.Vkey))],
        });
        var tiles = new List<Tile>();
        TreeEdge.Empty.Append([TreeHash.OfLeaf(opened.Bytes.Span)], tiles);
        await shard.AddAsync(session);
        await EntrySql.AddAsync(session, opened);
        await EntryRows.PlaceAsync(session, shard.Number, 0, [opened.Id]);
        await new TileRows(session, shard.Number).WriteAsync(tiles);
        return true;
    }
}
