using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Tiles;

/// <summary>What came of one round.</summary>
internal enum LogRound
{
    /// <summary>Everything that was there is in the log.</summary>
    Done,

    /// <summary>More waits.</summary>
    More,

    /// <summary>Another process writes the log.</summary>
    Following,

    /// <summary>It did not come to its end; entries gather.</summary>
    Failed,

    /// <summary>The log does not go with what was signed. Nobody signs it until somebody has looked into that: the lease stays here.</summary>
    Halted,
}

/// <summary>
/// Puts entries into the log. Each round: (1) entries get their places, and tiles grow, in one transaction; (2) the checkpoint of the new
/// size is signed, and written down outside the database; (3) only then it is published. A crash between any two of them leaves what the
/// next round finds and completes.
/// </summary>
internal sealed class LogSequencer(ILogLease lease, LogOpener opener, ShardTurn turn, HaltKeeper halts, LogSigning signing, ILastSigned lastSigned, LogBoard board, LogMetrics metrics, TimeProvider time) : IDisposable
{
    /// <summary>Entries that get their places in one transaction.</summary>
    internal const int AtOnce = 5000;

    private readonly SemaphoreSlim gate = new(1, 1);
    private OpenLog? log;
    private long term;

    /// <summary>One round. Does not throw: what went wrong is on the board, and the next round begins by looking at everything anew.</summary>
    public async Task<LogRound> RunAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await RoundAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log = null;
            board.Failed(fault);
            await (fault switch
            {
                SignerUnavailableException => lease.ReleaseAsync(), // another process may have what this one lacks
                LogDamagedException => halts.KeepAsync(fault.Message, cancellationToken),
                _ => Task.CompletedTask,
            });

            return fault is LogDamagedException ? LogRound.Halted : LogRound.Failed;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lets another process take over.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        log = null;
        await lease.ReleaseAsync();
        gate.Release();
    }

    public void Dispose() => gate.Dispose();

    private async Task<LogRound> RoundAsync(CancellationToken cancellationToken)
    {
        if (await lease.HoldAsync(cancellationToken) is not { } held)
        {
            log = null;
            return LogRound.Following;
        }

        if (log is null || term != held)
        {
            (log, term) = (await opener.OpenAsync(cancellationToken), held);
        }

        await PublishAsync(cancellationToken); // what a round before this one could not
        while (await turn.StepAsync(log, cancellationToken) is { } next)
        {
            log = next;
            await PublishAsync(cancellationToken);
        }

        var waiting = await lease.ReadAsync(session => EntryRows.WaitingAsync(session, AtOnce), cancellationToken);
        if (waiting.Count > 0)
        {
            await IntegrateAsync(log, waiting, cancellationToken);
            await PublishAsync(cancellationToken);
            metrics.Included(waiting, time.GetUtcNow());
        }

        board.Signs(log);
        return waiting.Count == AtOnce ? LogRound.More : LogRound.Done;
    }

    private async Task IntegrateAsync(OpenLog before, List<WaitingEntry> waiting, CancellationToken cancellationToken)
    {
        var tiles = new List<Tile>();
        var edge = before.Edge.Append(waiting.Select(static entry => entry.Leaf), tiles);
        await lease.WriteAsync(
            async session =>
            {
                await EntryRows.PlaceAsync(session, before.Shard.Number, before.Edge.Size, [.. waiting.Select(static entry => entry.Id)]);
                await new TileRows(session, before.Shard.Number).WriteAsync(tiles);
                return true;
            },
            cancellationToken);
        log = before with { Edge = edge };
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (log is not { } open || open.Published?.Size == open.Edge.Size)
        {
            return;
        }

        var checkpoint = new LogCheckpoint(open.Shard.Origin, open.Edge.Size, open.Edge.Root);
        var signed = await signing.SignAsync(checkpoint, open.Key, cancellationToken);
        var head = new LastSigned(open.Shard.Number, checkpoint, open.Key.KeyId);
        lastSigned.Write(head);
        var row = CheckpointRow.Of(open.Shard.Number, signed, time.GetUtcNow());
        await lease.WriteAsync(
            async session =>
            {
                await row.PublishAsync(session);
                return true;
            },
            cancellationToken);
        log = open with { Published = row, Head = head };
    }
}
