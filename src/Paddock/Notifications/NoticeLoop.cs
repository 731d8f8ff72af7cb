using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Paddock.Core.Notifications;

namespace Paddock.Notifications;

/// <summary>Delivers notices, which the database keeps until it is done. Of all processes one does, and each receiver by itself.</summary>
internal sealed class NoticeLoop(IEnumerable<IReceiver> receivers, INotices notices, NotificationMetrics metrics, TimeProvider time, ILogger<NoticeLoop> logger) : BackgroundService
{
    private const int AtOnce = 50;

    private static readonly TimeSpan period = TimeSpan.FromSeconds(1), tidying = TimeSpan.FromHours(1);

    private readonly List<IReceiver> receivers = [.. receivers];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = receivers.Select(receiver => RepeatAsync(period, token => DeliverAsync(receiver, token), stoppingToken));
        await Task.WhenAll([.. loops, RepeatAsync(tidying, notices.ForgetAsync, stoppingToken)]);
    }

    /// <summary>Tries those that are due. A receiver that is away is left alone until the next look: the others behind would only wait for it, too.</summary>
    public async Task DeliverAsync(IReceiver receiver, CancellationToken cancellationToken)
    {
        foreach (var notice in await notices.DueAsync(receiver.Name, AtOnce, cancellationToken))
        {
            var outcome = await receiver.SendAsync(notice.Notification, notice.Id, cancellationToken);
            await NoteAsync(receiver, notice, outcome, cancellationToken);
            if (outcome is DeliveryOutcome.TryAgain)
            {
                return;
            }
        }
    }

    private Task NoteAsync(IReceiver receiver, Notice notice, DeliveryOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (outcome)
        {
            case DeliveryOutcome.TryAgain again when now - notice.PostedAt < DeliveryPolicy.Kept.Worth:
                return notices.NoteAsync(notice, NoticeState.Waiting, now + DeliveryPolicy.Kept.PauseAfter(notice.Tries + 1, again.After), again.Said, cancellationToken);
            case DeliveryOutcome.TryAgain { Said: var said }:
                return GiveUpAsync(receiver, notice, said, cancellationToken);
            case DeliveryOutcome.Refused { Said: var said }:
                return GiveUpAsync(receiver, notice, said, cancellationToken);
            default:
                metrics.Delivered();
                return notices.NoteAsync(notice, NoticeState.Delivered, dueAt: null, said: null, cancellationToken);
        }
    }

    private Task GiveUpAsync(IReceiver receiver, Notice notice, string said, CancellationToken cancellationToken)
    {
        metrics.Failed();
        Log.NotificationNotDelivered(logger, notice.Notification.Event, receiver.Host, said);
        return notices.NoteAsync(notice, NoticeState.GivenUp, dueAt: null, said, cancellationToken);
    }

    private async Task RepeatAsync(TimeSpan every, Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryAsync(look, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A host that does not come to start would tell it as this service's fault.
        }
    }

    /// <summary>The database may be away: the next look comes.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.NoticesNotDelivered(logger, fault.Message);
        }
    }
}
