using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Tiles;

/// <summary>Keeps the log going: a round when entries came, and now and then in case nobody said so.</summary>
internal sealed class SequencerLoop(LogSequencer sequencer, LogFollower follower, EntrySignal signal, IPresence presence, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Between rounds, so that entries gather: each round costs two commits, a signature and a file. Far below the two seconds in which entries are to be in the log.</summary>
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(250);

    /// <summary>Until a process that cannot write the log tries again.</summary>
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    /// <summary>Between looks at a log that does not go with what was signed: each reads some hundred tiles.</summary>
    private static readonly TimeSpan longPause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private int disposed;

    public void Start() => running = Task.Run(() => RunAsync(stopping.Token), CancellationToken.None);

    /// <summary>Ends, after a last round as far as the token lets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        try
        {
            while (await sequencer.RunAsync(cancellationToken) is LogRound.More)
            {
            }

            await sequencer.LeaveAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What is not in the log yet comes into it after the next start.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await EndAsync();
            stopping.Dispose();
        }
    }

    private async Task EndAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await sequencer.RunAsync(cancellationToken))
            {
                case LogRound.More:
                    break;
                case LogRound.Done:
                    await Task.Delay(breath, time, cancellationToken);
                    await SignalOrTimeAsync(cancellationToken);
                    break;
                case LogRound.Following:
                    await follower.LookAsync(cancellationToken);
                    await Task.Delay(pause, time, cancellationToken);
                    break;
                case LogRound.Halted:
                    await Task.Delay(longPause, time, cancellationToken);
                    break;
                default:
                    await Task.Delay(pause, time, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Other processes' entries raise no signal here; on a database of its own looking is only a precaution.</summary>
    private async Task SignalOrTimeAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal.WaitAsync(limit.Token), Task.Delay(presence.IsShared ? TimeSpan.Zero : pause, time, limit.Token));
        await limit.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
