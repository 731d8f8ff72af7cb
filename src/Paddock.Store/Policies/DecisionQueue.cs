using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Paddock.Core.Policies.Decisions;
using Paddock.Store.Dialects;

namespace Paddock.Store.Policies;

/// <summary>
/// Decisions on their way to the database. One loop writes what has gathered while it wrote before, in one transaction and in the order
/// it was handed in. While the database is away it tries again; what has no room then is turned away.
/// </summary>
internal sealed class DecisionQueue : IAsyncDisposable
{
    /// <summary>The most that wait: at some kilobytes each, tens of megabytes.</summary>
    private const int Room = 10_000;
    private const int AtOnce = 500;
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Entry> waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Room) { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly IDatabase database;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Counter<long> lost;
    private Task running = Task.CompletedTask;
    private int disposed;

    public DecisionQueue(IDatabase database, IMeterFactory meters, TimeProvider time, ILogger<DecisionQueue> logger)
    {
        (this.database, this.time, this.logger) = (database, time, logger);
        var meter = meters.Create("Paddock.Store");
        lost = meter.CreateCounter<long>("paddock.policy.decisions.lost", "{record}", "Records of decisions and results that found no room while the database was away.");
        meter.CreateObservableUpDownCounter("paddock.policy.decisions.waiting", () => waiting.Reader.Count, "{record}", "Records of decisions and results that are not in the database yet.");
    }

    public void Start() => running = Task.Run(() => RunAsync(stopping.Token), CancellationToken.None);

    /// <summary>Writes what waits, as long as the token lets it, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        try
        {
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Log.DecisionsLeft(logger, waiting.Reader.Count);
        }
    }

    /// <returns>False when there is no room.</returns>
    public bool TryAdd(Func<Session, Task> write)
    {
        if (waiting.Writer.TryWrite(new(write, null)))
        {
            return true;
        }

        lost.Add(1);
        return false;
    }

    /// <summary>Completes when everything that was added before is in the database.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await waiting.Writer.WriteAsync(new(null, mark), cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return; // it has stopped, and has written what it could
        }

        await mark.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            waiting.Writer.TryComplete();
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stopping.Dispose();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<Entry>();
        while (await waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            while (batch.Count < AtOnce && waiting.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await WriteAsync(batch, cancellationToken);
            batch.ForEach(static entry => entry.Mark?.TrySetResult());
            batch.Clear();
        }
    }

    private async Task WriteAsync(List<Entry> batch, CancellationToken cancellationToken)
    {
        while (batch.Exists(static entry => entry.Write is not null))
        {
            try
            {
                await database.WriteAsync(session => WriteAllAsync(session, batch), cancellationToken);
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                if (await IsThereAsync(cancellationToken))
                {
                    await WriteSinglyAsync(batch, cancellationToken);
                    return;
                }

                Log.DecisionsNotWritten(logger, batch.Count, fault.Message);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <summary>One record that the database will never take must not keep the others.</summary>
    private async Task WriteSinglyAsync(List<Entry> batch, CancellationToken cancellationToken)
    {
        foreach (var entry in batch)
        {
            try
            {
                await database.WriteAsync(session => WriteAllAsync(session, [entry]), cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                lost.Add(1);
                Log.DecisionNotTaken(logger, fault.Message);
            }
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.ReadAsync(session => session.ScalarAsync<long>("SELECT 1"), cancellationToken) == 1;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> WriteAllAsync(Session session, List<Entry> batch)
    {
        foreach (var entry in batch)
        {
            await (entry.Write?.Invoke(session) ?? Task.CompletedTask);
        }

        return true;
    }

    /// <param name="Write">Null for a mark.</param>
    /// <param name="Mark">Somebody waits for all before it.</param>
    private readonly record struct Entry(Func<Session, Task>? Write, TaskCompletionSource? Mark);
}
