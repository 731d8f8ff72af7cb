using Microsoft.Extensions.Logging;

namespace Paddock.Store.Containments;

/// <summary>Notes which containments have expired. They stop nothing from their moment on, whether anybody looks or not; this is for people to hear of it.</summary>
internal sealed class ContainmentClock(LiveContainments live, ContainmentStore store, TimeProvider time, ILogger<ContainmentClock> logger) : IAsyncDisposable
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private int disposed;

    public void Start() => running = RunAsync(stopping.Token);

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await StopAsync();
            stopping.Dispose();
        }
    }

    /// <summary>One look. Asks the database for nothing while none has expired.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var containment in live.Current.All)
        {
            if (!containment.IsInForce(now) && await store.LapseAsync(containment.Id, cancellationToken))
            {
                Log.Expired(logger, containment.Id.Value);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.NotLooked(logger, fault.Message); // the database is away; the next look comes soon
            }
        }
    }
}
