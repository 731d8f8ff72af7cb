using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Core.Notifications;

namespace Paddock.Notifications;

/// <summary>The one outlet: hands each notification to every receiver that takes it. Each has a queue of its own, so that one that is away holds up no other.</summary>
internal sealed class Outlet(IEnumerable<IReceiver> receivers, INotices notices, NotificationMetrics metrics, TimeProvider time, ILogger<Outlet> logger) : BackgroundService, INotifications
{
    private readonly ImmutableArray<IReceiver> receivers = [.. receivers];
    private readonly ImmutableArray<ReceiverQueue> queues = [.. receivers.Select(receiver => new ReceiverQueue(receiver, metrics, time, logger))];

    public void Post(Notification notification)
    {
        var id = NotificationId.Of(Guid.CreateVersion7(time.GetUtcNow()));
        foreach (var queue in queues)
        {
            queue.Post(notification, id);
        }
    }

    public Task PostOnceAsync(Notification notification, string key, CancellationToken cancellationToken) =>
        notices.AddAsync(notification, key, [.. receivers.Where(receiver => receiver.Takes(notification)).Select(static receiver => receiver.Name)], cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in queues)
        {
            queue.Complete();
        }

        await base.StopAsync(cancellationToken);
        await Task.WhenAll(queues.Select(queue => queue.FinishAsync(cancellationToken)));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(queues.Select(queue => queue.RunAsync(stoppingToken)));
}
