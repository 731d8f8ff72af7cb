using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Paddock.Core.Notifications;

namespace Paddock.Notifications;

/// <summary>
/// Notifications on their way to one receiver, one after the other. Whoever posts never waits: what finds no room pushes out the oldest.
/// A receiver that is away is tried again after growing pauses, and after ten minutes each notification has one try left.
/// </summary>
internal sealed class ReceiverQueue
{
    private const int MostWaiting = 1_000;

    private static readonly TimeSpan lastWords = TimeSpan.FromSeconds(5);

    private readonly IReceiver receiver;
    private readonly NotificationMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<Waiting> waiting;

    /// <summary>The one that is being delivered.</summary>
    private Waiting? current;

    public ReceiverQueue(IReceiver receiver, NotificationMetrics metrics, TimeProvider time, ILogger logger)
    {
        (this.receiver, this.metrics, this.time, this.logger) = (receiver, metrics, time, logger);
        waiting = Channel.CreateBounded<Waiting>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            dropped =>
            {
                metrics.Dropped();
                Log.NotificationDropped(logger, dropped.Notification.Event, receiver.Host, MostWaiting);
            });
    }

    public void Post(Notification notification, string id)
    {
        if (receiver.Takes(notification))
        {
            waiting.Writer.TryWrite(new(notification, id, time.GetUtcNow()));
        }
    }

    /// <summary>Nothing more is taken.</summary>
    public void Complete() => waiting.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var one in waiting.Reader.ReadAllAsync(cancellationToken))
        {
            current = one;
            await DeliverAsync(one, cancellationToken);
            current = null;
        }
    }

    /// <summary>What was posted before the end is still tried once.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(lastWords);
        for (var one = current; one is not null || waiting.Reader.TryRead(out one); one = null)
        {
            await ((Task)SendAsync(one, limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task DeliverAsync(Waiting one, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            switch (await SendAsync(one, cancellationToken))
            {
                case DeliveryOutcome.TryAgain again when time.GetUtcNow() - one.Since < DeliveryPolicy.Passing.Worth:
                    await Task.Delay(DeliveryPolicy.Passing.PauseAfter(tries, again.After), time, cancellationToken);
                    break;
                case DeliveryOutcome.TryAgain { Said: var said }:
                    GiveUp(one, said);
                    return;
                case DeliveryOutcome.Refused { Said: var said }:
                    GiveUp(one, said);
                    return;
                default:
                    metrics.Delivered();
                    return;
            }
        }
    }

    private void GiveUp(Waiting one, string said)
    {
        metrics.Failed();
        Log.NotificationNotDelivered(logger, one.Notification.Event, receiver.Host, said);
    }

    private Task<DeliveryOutcome> SendAsync(Waiting one, CancellationToken cancellationToken) => receiver.SendAsync(one.Notification, one.Id, cancellationToken);

    /// <param name="Id">The same for every try, so that a receiver can tell a repetition.</param>
    private sealed record Waiting(Notification Notification, string Id, DateTimeOffset Since);
}
