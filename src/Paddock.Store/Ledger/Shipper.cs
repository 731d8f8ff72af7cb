using Microsoft.Extensions.Logging;

namespace Paddock.Store.Ledger;

/// <summary>
/// Takes the journal's records to the database, in their order, a batch at a time. The cursor moves in the batch's own
/// transaction, so that each record counts once, whatever dies when.
/// </summary>
internal sealed class Shipper(Journal journal, ILedgerSink sink, StoreOptions options, TimeProvider time, ILogger<Shipper> logger) : IAsyncDisposable
{
    private static readonly TimeSpan firstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longestDelay = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim wake = new(0);
    private readonly Lock gate = new();
    private readonly List<(JournalPosition To, TaskCompletionSource Done)> waiting = [];
    private readonly BatchReader reader = new(journal, logger);
    private TaskCompletionSource urgent = NewSignal();
    private JournalPosition? cursor;
    private Task running = Task.CompletedTask;
    private int pending;
    private volatile bool failing;

    /// <summary>False while the database takes no records.</summary>
    public bool IsShipping => !failing;

    public void Start() => running = Task.Run(() => RunAsync(stopping.Token));

    /// <summary>Says that something was appended; it will be taken over within <see cref="StoreOptions.ShipInterval"/>.</summary>
    public void Appended()
    {
        if (Volatile.Read(ref pending) == 0 && Interlocked.Exchange(ref pending, 1) == 0)
        {
            wake.Release();
        }
    }

    /// <summary>Completes when the database has everything that is in the journal now; does not wait for the interval.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        var to = journal.End;
        var done = NewSignal();
        lock (gate)
        {
            if (cursor >= to)
            {
                return Task.CompletedTask;
            }

            waiting.Add((to, done));
        }

        Volatile.Read(ref urgent).TrySetResult();
        Appended();
        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends after the batch that is being written.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
        reader.Dispose();
        wake.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var delay = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (delay == TimeSpan.Zero)
            {
                await wake.WaitAsync(cancellationToken);
            }

            await PauseAsync(delay == TimeSpan.Zero ? options.ShipInterval : delay, cancellationToken);
            Interlocked.Exchange(ref pending, 0);
            try
            {
                await ShipAsync(cancellationToken);
                delay = TimeSpan.Zero;
                if (failing)
                {
                    failing = false;
                    Log.ShippedAgain(logger);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                failing = true;
                delay = delay == TimeSpan.Zero ? firstDelay : delay * 2 < longestDelay ? delay * 2 : longestDelay;
                Log.NotShipped(logger, fault, journal.Bytes, delay);
                SetCursor(null);
            }
        }
    }

    /// <summary>Waits a time, or until someone waits for us.</summary>
    private async Task PauseAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(duration, time, over.Token), Volatile.Read(ref urgent).Task);
        await over.CancelAsync();
        Interlocked.Exchange(ref urgent, NewSignal());
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task ShipAsync(CancellationToken cancellationToken)
    {
        // After a fault only the database knows whether the batch was committed.
        var from = cursor ?? await LoadCursorAsync(cancellationToken);
        while (reader.Next(from) is { } batch)
        {
            // Not cancelled in the middle: a stop waits for the batch.
            await sink.ApplyAsync(batch, CancellationToken.None);
            if (batch.Durable)
            {
                journal.DeleteBefore(batch.To.Segment);
            }

            from = batch.To;
            SetCursor(from);
            cancellationToken.ThrowIfCancellationRequested();
        }

        SetCursor(from);
    }

    private async Task<JournalPosition> LoadCursorAsync(CancellationToken cancellationToken)
    {
        var known = await sink.CursorAsync(journal.Id, cancellationToken);
        if (known > journal.End)
        {
            Log.JournalOlderThanDatabase(logger, journal.Id);
            known = null;
        }

        return known ?? new(0, 0);
    }

    private void SetCursor(JournalPosition? position)
    {
        lock (gate)
        {
            cursor = position;
            for (var i = waiting.Count - 1; i >= 0; i--)
            {
                if (waiting[i].To <= position)
                {
                    waiting[i].Done.SetResult();
                    waiting.RemoveAt(i);
                }
            }
        }
    }
}
