namespace Paddock.Store.Coordination;

/// <summary>Looks after something again and again until it is stopped. A look that fails, because the database is away, is followed by the next.</summary>
internal abstract class PeriodicLook(TimeSpan period, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private int disposed;

    protected TimeProvider Time => time;

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

    /// <summary>One look.</summary>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    protected abstract void TellOf(Exception fault);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        do
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                TellOf(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
