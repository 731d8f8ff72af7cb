using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Core.Notifications;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>Hands new checkpoints to one witness, and keeps what it signed. Only the process that signs the log does; a witness that is away is asked again, less and less often.</summary>
internal sealed class WitnessFeed(IWitness witness, IDatabase database, ISignatureVerifier verifier, ILogStatus log, INotifications notifications, TimeProvider time, ILogger logger)
    : PeriodicLook(period, time)
{
    /// <summary>Checkpoints between are left out: a later one stands for them.</summary>
    private static readonly TimeSpan period = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan longest = TimeSpan.FromMinutes(1);

    /// <summary>How long a witness may be away before people are told.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    /// <summary>Until a closed shard that the witness does not know is offered again.</summary>
    private static readonly TimeSpan rest = TimeSpan.FromHours(1);

    /// <summary>What the witness has seen, by shard, as it said itself.</summary>
    private readonly Dictionary<long, long> seen = [];

    /// <summary>Closed shards that the witness does not know, and when they are offered again. One that came later, or trusts the open shard's key only, never will know them.</summary>
    private readonly Dictionary<long, DateTimeOffset> unknown = [];
    private readonly string key = witness.Key.ToString();
    private DateTimeOffset notBefore;
    private DateTimeOffset? failingSince;
    private TimeSpan wait = period;
    private bool isAwayTold;
    private bool isContradictionTold;
    private volatile WitnessStatus status = new(witness.Key.Name, witness.Host, 0, null, null);

    public WitnessStatus Status => status;

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (log.Current.State is not LogState.Signing || Time.GetUtcNow() < notBefore)
        {
            return;
        }

        Failure? failure = null;
        foreach (var due in await database.ReadAsync(DueAsync, cancellationToken))
        {
            var next = await FeedAsync(due, cancellationToken);
            failure = failure is null || (next is { IsContradiction: true } && !failure.IsContradiction) ? next : failure;
            if (next is { IsAway: true })
            {
                break; // each shard more would wait for its answer
            }
        }

        if (failure is not null)
        {
            Fail(failure.Problem, failure.IsContradiction);
        }
        else
        {
            Recover();
        }
    }

    protected override void TellOf(Exception fault) => Fail(fault.GetType().Name, isContradiction: false);

    /// <summary>Shards with more under a checkpoint than the witness has signed for, the newest first: what is wrong with an older one must not keep it from being signed.</summary>
    private async Task<List<Due>> DueAsync(Session session)
    {
        var signed = (await CosignatureRow.OfWitnessAsync(session, key)).ToDictionary(static row => row.Shard);
        var due = new List<Due>();
        var shards = await Tiles.LogPages.ShardsAsync(session);
        var goesOnFrom = shards.LastOrDefault(static shard => shard.Restarted)?.Number ?? 0; // what was given up before it is not what the witness has seen
        foreach (var shard in shards.Where(shard => shard.Number >= goesOnFrom))
        {
            var row = signed.GetValueOrDefault(shard.Number);
            status = status with { Size = row?.Size ?? 0, SignedAt = row?.At.ToTime() is { } at && at > (status.SignedAt ?? default) ? at : status.SignedAt };
            if (shard.Archived is null && shard.Size > (row?.Size ?? 0) && unknown.GetValueOrDefault(shard.Number) <= Time.GetUtcNow() && (await Tiles.CheckpointRow.NewestAsync(session, shard.Number)) is { } newest)
            {
                due.Add(new(shard.Number, newest.Size, newest.Note, row?.Size ?? 0, shard.Closed is not null));
            }
        }

        due.Reverse();
        return due;
    }

    /// <returns>Null when it has signed, or need not.</returns>
    private async Task<Failure?> FeedAsync(Due due, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var known = seen.GetValueOrDefault(due.Shard, due.Signed);
            if (known > due.Size)
            {
                due = await NewestAsync(due, cancellationToken); // somebody else may have handed it what was published meanwhile
            }

            if (known > due.Size)
            {
                seen.Remove(due.Shard);
                return new($"it has seen {known} entries of shard {due.Shard}, and the log has {due.Size}: the log was cut back", IsContradiction: true);
            }

            var reply = await witness.AddAsync(new(known, [.. await ProofAsync(due, known, cancellationToken)], due.Note), cancellationToken);
            switch (reply)
            {
                case WitnessReply.Signed signed:
                    return await KeepAsync(due, signed.Lines, cancellationToken);
                case WitnessReply.Knows { Size: var size } when attempt == 0 && size != known:
                    seen[due.Shard] = size;
                    break;
                case WitnessReply.Knows { Size: var size }:
                    return new(size == known ? $"at {size} entries of shard {due.Shard} it has seen another root" : "it says another size each time", IsContradiction: size == known);
                case WitnessReply.Contradicts contradicts:
                    return new($"{contradicts.Reason} (shard {due.Shard}, {due.Size} entries)", IsContradiction: true);
                case WitnessReply.Refused when due is { IsClosed: true, Signed: 0 }:
                    unknown[due.Shard] = Time.GetUtcNow() + rest;
                    return null;
                case WitnessReply.Refused refused:
                    return new(refused.Reason, IsContradiction: false);
                case WitnessReply.Away away:
                    return new(away.Reason, IsContradiction: false, IsAway: true);
            }
        }
    }

    private async Task<Due> NewestAsync(Due due, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => Tiles.CheckpointRow.NewestAsync(session, due.Shard), cancellationToken) is { } newest ? due with { Size = newest.Size, Note = newest.Note } : due;

    private Task<IReadOnlyList<TreeHash>> ProofAsync(Due due, long known, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await new TileTree(new Tiles.TileRows(session, due.Shard), due.Size).ConsistencyAsync(known, session.CancellationToken), cancellationToken);

    private async Task<Failure?> KeepAsync(Due due, string lines, CancellationToken cancellationToken)
    {
        var note = SignedNote.Parse(due.Note)!; // published by the log
        var line = lines.Split('\n').Select(NoteSignature.Parse).FirstOrDefault(signature => signature is not null && signature.IsOf(witness.Key) && (note with { Signatures = [signature] }).IsSignedBy(witness.Key, verifier));
        if (line is null || Cosignature.TimeOf(line) is not { } at)
        {
            return new("what it signed does not hold under its key", IsContradiction: false);
        }

        await database.WriteAsync(
            async session =>
            {
                await new CosignatureRow(due.Shard, key, due.Size, at.ToMicros(), due.Note, line.ToString()).KeepAsync(session);
                return true;
            },
            cancellationToken);
        seen[due.Shard] = due.Size;
        status = status with { Size = due.IsClosed ? status.Size : due.Size, SignedAt = at };
        return null;
    }

    private void Fail(string problem, bool isContradiction)
    {
        var now = Time.GetUtcNow();
        failingSince ??= now;
        notBefore = now + wait;
        wait = wait * 2 < longest ? wait * 2 : longest;
        if (status.Problem != problem)
        {
            (isContradiction ? (Action<ILogger, string, string>)Log.WitnessContradicts : Log.WitnessAway)(logger, status.Name, problem);
        }

        if (isContradiction && !isContradictionTold)
        {
            isContradictionTold = true;
            notifications.Post(WitnessNotices.Contradicts(now, status, problem));
        }
        else if (!isContradiction && !isAwayTold && now - failingSince >= patience)
        {
            isAwayTold = true;
            notifications.Post(WitnessNotices.Away(now, status, problem));
        }

        status = status with { Problem = problem };
    }

    private void Recover()
    {
        (failingSince, wait, notBefore) = (null, period, default);
        if (status.Problem is not null)
        {
            Log.WitnessSigns(logger, status.Name);
            status = status with { Problem = null };
        }

        if (isAwayTold || isContradictionTold)
        {
            (isAwayTold, isContradictionTold) = (false, false);
            notifications.Post(WitnessNotices.Back(Time.GetUtcNow(), status));
        }
    }

    /// <param name="Signed">Entries under its newest cosignature that is kept here.</param>
    private sealed record Due(long Shard, long Size, string Note, long Signed, bool IsClosed);

    private sealed record Failure(string Problem, bool IsContradiction, bool IsAway = false);
}
