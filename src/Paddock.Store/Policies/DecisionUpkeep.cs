using Microsoft.Extensions.Logging;
using Paddock.Store.Dialects;

namespace Paddock.Store.Policies;

/// <summary>Forgets decisions that are older than they are kept, and gives up on calls of which nothing was heard.</summary>
internal sealed class DecisionUpkeep(IDatabase database, StoreOptions options, TimeProvider time, ILogger<DecisionUpkeep> logger) : IAsyncDisposable
{
    /// <summary>After this long nobody will say what came of a call.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromHours(24);
    private static readonly TimeSpan period = TimeSpan.FromMinutes(10);

    /// <summary>Rows removed in one transaction, so that others get their turn.</summary>
    private const int AtOnce = 2000;

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

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(session => DecisionSql.GiveUpAsync(session, now - patience, now), cancellationToken);
        while (await database.WriteAsync(session => DecisionSql.ForgetAsync(session, now - options.KeepDecisions, AtOnce), cancellationToken) == AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

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
                Log.DecisionsNotLookedAfter(logger, fault.Message); // the database is away; the next look comes
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
