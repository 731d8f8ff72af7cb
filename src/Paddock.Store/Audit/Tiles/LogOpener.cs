using System.Security.Cryptography;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Opens the log under the lease: checks what is there, and makes one where there is none.</summary>
internal sealed class LogOpener(ILogLease lease, LogCheck check, ILogSigner signer, ILastSigned lastSigned, EntryBook book, LogRestart restart, StoreOptions options, TimeProvider time)
{
    /// <exception cref="LogDamagedException">What is there does not go with itself, or with what was signed.</exception>
    /// <exception cref="SignerUnavailableException">This process cannot sign the log, or must not: it has not the key, or does not know what was signed last.</exception>
    public async Task<OpenLog> OpenAsync(CancellationToken cancellationToken)
    {
        var head = lastSigned.Read();
        if (await lease.ReadAsync(HaltRow.OpenAsync, cancellationToken) is { } halt)
        {
            await (halt.AskedAt is null ? throw new LogDamagedException(halt.Problem) : restart.RunAsync(halt, head, cancellationToken));
        }

        if (await lease.ReadAsync(ShardRow.NewestAsync, cancellationToken) is null)
        {
            head = await MakeAsync(head, cancellationToken);
        }

        head ??= await lease.ReadAsync(BeginningAsync, cancellationToken);
        if (head is null)
        {
            throw new SignerUnavailableException("keys/audit.signed is missing: what was signed last is not known here. Copy it, with the key, from the keys/ of a process that has signed or followed this log.");
        }

        return await lease.ReadAsync(async session => await check.OpenAsync(session, await LastBegunAsync(session), head), cancellationToken);
    }

    /// <summary>The newest shard; the one before while that has no first entry yet, which comes once the one before is signed to its end.</summary>
    private static async Task<ShardRow> LastBegunAsync(Session session)
    {
        var newest = (await ShardRow.NewestAsync(session))!; // made above, or found
        return newest is { Number: > 1, Halt: null } && await new TileRows(session, newest.Number).SizeAsync() == 0
            ? await ShardRow.FindAsync(session, newest.Number - 1) ?? throw new LogDamagedException($"Shard {newest.Number} of the audit log is empty, and there is none before it.")
            : newest;
    }

    /// <summary>Of a shard that somebody decided to make because what was signed last is not known any more, nothing was signed before its first checkpoint.</summary>
    private static async Task<LastSigned?> BeginningAsync(Session session) =>
        await ShardRow.NewestAsync(session) is { Halt: not null } shard && await CheckpointRow.NewestAsync(session, shard.Number) is null ? new(shard.Number, new(shard.Origin, 0, TreeHash.OfNothing), shard.Key.KeyId) : null;

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
        var shard = new ShardRow(1, origin, key.ToString(), time.GetUtcNow().ToMicros(), null, null, null);
        await lease.WriteAsync(session => AddAsync(session, shard), cancellationToken);
        return made;
    }

    /// <summary>A shard begins with the entry that says so.</summary>
    private async Task<bool> AddAsync(Session session, ShardRow shard)
    {
        var opened = book.Enter(new() { Act = AuditActs.ShardOpened, Actor = AuditActor.Of("system:audit"), Mutating = false, Facts = [ShardTurn.FactOf(shard)] });
        await shard.AddAsync(session);
        await ShardTurn.AppendAsync(session, shard, TreeEdge.Empty, opened);
        return true;
    }
}
