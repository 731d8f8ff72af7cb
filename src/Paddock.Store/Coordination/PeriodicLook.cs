namespace Paddock.Store.Coordination;

/// <summary>Looks after something again and again until it is stopped. A look that fails, because the database is away, is followed by the next.</summary>
internal abstract class PeriodicLook(TimeSpan period, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How soon the next look comes when somebody cannot wait for it, and again until one succeeds.</summary>
    private static readonly TimeSpan soon = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource stopping = new();
    private readonly Lock pace = new();
    private PeriodicTimer? timer;
    private Task running = Task.CompletedTask;
    private bool isHurried;
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

    /// <summary>There is something that should not wait for the period's end.</summary>
    protected void LookSoon()
    {
        lock (pace)
        {
            if (!isHurried && timer is not null && soon < period)
            {
                timer.Period = soon; // once: set anew each time, it would never come
            }

            isHurried = true;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(period, time);
        SetTimer(ticks);
        try
        {
            do
            {
                await TryLookAsync(ticks, cancellationToken);
            }
            while (await ticks.WaitForNextTickAsync(cancellationToken));
        }
        finally
        {
            SetTimer(null);
        }
    }

    private async Task TryLookAsync(PeriodicTimer ticks, CancellationToken cancellationToken)
    {
        bool wasHurried;
        lock (pace)
        {
            (wasHurried, isHurried) = (isHurried, false);
        }

        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            TellOf(fault);
            if (wasHurried)
            {
                LookSoon();
            }
        }

        lock (pace)
        {
            if (wasHurried && !isHurried)
            {
                ticks.Period = period;
            }
        }
    }

    private void SetTimer(PeriodicTimer? ticks)
    {
        lock (pace)
        {
            timer = ticks;
        }
    }
}
