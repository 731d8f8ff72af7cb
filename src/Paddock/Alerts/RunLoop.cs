using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Control.Runbooks;

namespace Paddock.Alerts;

/// <summary>Has runbooks begun that answer alerts, and runs carried on.</summary>
internal sealed class RunLoop(AnswerAlerts answer, CarryOutRuns carry, TimeProvider time, ILogger<RunLoop> logger) : BackgroundService
{
    /// <summary>Somebody who has said yes looks on.</summary>
    private static readonly TimeSpan period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAsync(answer.LookAsync, stoppingToken);
                await TryLookAsync(carry.LookAsync, stoppingToken); // whatever keeps runs from beginning keeps none from going on, or back
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that does not come to start would tell it as this service's fault.
        }
    }

    private async Task TryLookAsync(Func<CancellationToken, Task> lookAsync, CancellationToken cancellationToken)
    {
        try
        {
            await lookAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.RunsNotLookedAt(logger, fault.Message);
        }
    }
}
