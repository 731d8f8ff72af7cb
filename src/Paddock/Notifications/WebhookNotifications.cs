using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Core.Notifications;

namespace Paddock.Notifications;

/// <summary>
/// Notifications on their way out, one after the other. Whoever posts never waits: what finds no room pushes out the oldest. A
/// receiver that is away is tried again after growing pauses, and after ten minutes each notification has one try left.
/// </summary>
internal sealed class WebhookNotifications(Webhook webhook, NotificationMetrics metrics, TimeProvider time, ILogger<WebhookNotifications> logger) : BackgroundService, INotifications
{
    private const int MostWaiting = 1_000;

    /// <summary>How long a notification is worth trying for, from when it was posted.</summary>
    private static readonly TimeSpan worth = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan firstPause = TimeSpan.FromSeconds(1), longestPause = TimeSpan.FromMinutes(1), lastWords = TimeSpan.FromSeconds(5);

    private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        dropped =>
        {
            metrics.Dropped();
            Log.NotificationDropped(logger, dropped.Notification.Event, MostWaiting);
        });

    /// <summary>The one that is being delivered.</summary>
    private Waiting? current;

    public void Post(Notification notification) => waiting.Writer.TryWrite(new(notification, $"evt_{Guid.CreateVersion7(time.GetUtcNow()):N}", time.GetUtcNow()));

    /// <summary>What was posted before the end is still tried once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var one in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            current = one;
            await DeliverAsync(one, stoppingToken);
            current = null;
        }
    }

    private async Task DeliverAsync(Waiting one, CancellationToken cancellationToken)
    {
        for (var pause = firstPause; ; pause = pause * 4 < longestPause ? pause * 4 : longestPause)
        {
            switch (await SendAsync(one, cancellationToken))
            {
                case DeliveryOutcome.TryAgain again when time.GetUtcNow() - one.Since < worth:
                    await Task.Delay(again.After is { } after && after > pause ? (after < longestPause ? after : longestPause) : pause, time, cancellationToken);
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
        Log.NotificationNotDelivered(logger, one.Notification.Event, webhook.Host, said);
    }

    private Task<DeliveryOutcome> SendAsync(Waiting one, CancellationToken cancellationToken) =>
        webhook.SendAsync(one.Notification.Event, one.Id, NotificationBody.Of(one.Notification, one.Id), cancellationToken);

    /// <param name="Id">The same for every try, so that a receiver can tell a repetition.</param>
    private sealed record Waiting(Notification Notification, string Id, DateTimeOffset Since);
}
