using Microsoft.Extensions.Logging;

namespace Paddock.Store.Audit;

/// <summary>Brings entries from the file into the database: at once when there were none for a while, and otherwise many in one commit.</summary>
internal sealed class EntryShipper(AuditDevices devices, EntrySignal signal, TimeProvider time, ILogger<EntryShipper> logger) : IAsyncDisposable
{
    /// <summary>Between rounds, so that entries gather. With the sequencer's own it is far below the two seconds in which entries are to be in the log.</summary>
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(250);

    private readonly EntrySignal arrived = new();
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private int disposed;

    /// <summary>Takes over what an earlier process left; so whoever reads the database after a start misses nothing. A database that is away gets it later.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ShipAsync(cancellationToken);
        running = Task.Run(() => RunAsync(stopping.Token), CancellationToken.None);
    }

    /// <summary>Says that entries lie in the file.</summary>
    public void Wake() => arrived.Raise();

    /// <summary>Brings over what lies in the file.</summary>
    /// <returns>When the oldest entry was made that the database has not taken even so; null = it has all that were durable before.</returns>
    public async Task<DateTimeOffset?> ShipAsync(CancellationToken cancellationToken)
    {
        var before = devices.Oldest;
        try
        {
            if (await devices.CatchUpAsync(cancellationToken))
            {
                signal.Raise();
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.NotShipped(logger, fault.Message); // what lies there stays, and the next round tries again
        }

        return devices.Oldest is { } oldest && oldest <= before ? oldest : null;
    }

    /// <summary>Ends, after a last round as far as the token lets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        try
        {
            await ShipAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What still lies in the file is taken over at the next start.
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
            await arrived.WaitAsync(cancellationToken);
            await ShipAsync(cancellationToken);
            await Task.Delay(breath, time, cancellationToken);
        }
    }
}
