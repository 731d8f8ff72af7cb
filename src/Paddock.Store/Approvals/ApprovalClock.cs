using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>Writes down what time does to approvals, and looks after those who wait where a notice may have been lost.</summary>
internal sealed class ApprovalClock(IDatabase database, ApprovalChanges changes, ApprovalSignals signals, TimeProvider time, ILogger<ApprovalClock> logger) : IAsyncDisposable
{
    private const int AtOnce = 200;
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private int disposed;

    /// <param name="shared">Whether other processes decide approvals too.</param>
    public void Start(bool shared) => running = RunAsync(shared, stopping.Token);

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
    public async Task LookAsync(bool shared, CancellationToken cancellationToken)
    {
        foreach (var id in await DueAsync(cancellationToken))
        {
            await changes.ApplyAsync(ApprovalId.Parse(id), (_, _) => Task.FromResult<ApprovalCommand?>(new ApprovalCommand.Lapse()), also: null, cancellationToken);
        }

        foreach (var ids in shared ? signals.Awaited.Chunk(AtOnce) : [])
        {
            foreach (var id in await DecidedAsync(ids, cancellationToken))
            {
                signals.Raise(id);
            }
        }
    }

    private async Task RunAsync(bool shared, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await LookAsync(shared, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.NotLooked(logger, fault.Message); // the database is away; the next look comes soon
            }
        }
    }

    private Task<List<string>> DueAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync<string>(
            "SELECT id FROM approvals WHERE state IN ('pending', 'approved') AND due_at <= @Now ORDER BY due_at LIMIT @AtOnce", new { Now = time.GetUtcNow().ToMicros(), AtOnce }),
        cancellationToken);

    private Task<List<string>> DecidedAsync(string[] ids, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryAsync<string>($"SELECT id FROM approvals WHERE {session.Dialect.AmongIds("id")} AND state <> 'pending'", new { ids }), cancellationToken);
}
