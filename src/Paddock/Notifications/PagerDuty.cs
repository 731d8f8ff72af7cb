using Paddock.Core.Approvals;
using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>A service of PagerDuty: an alert that fires triggers an incident there, a silence acknowledges it, its end resolves it.</summary>
internal sealed class PagerDuty(PagerDutySettings settings, ApprovalLinks links) : IReceiver, IDisposable
{
    private readonly HttpClient http = GuardedSocket.Client(HttpTry.Patience);

    public string Name => "pagerduty";

    public string Host => settings.Uri.Host;

    public bool Takes(Notification notification) => !notification.Alerts.IsEmpty && settings.Filter.Takes(notification);

    /// <summary>One after the other; when one fails, all are tried again, which changes nothing there for those that came through.</summary>
    public async Task<DeliveryOutcome> SendAsync(Notification notification, string id, CancellationToken cancellationToken)
    {
        DeliveryOutcome? refused = null;
        foreach (var alert in notification.Alerts.Where(alert => alert.Severity >= settings.Filter.Least)) // those of one rule may ask for different things
        {
            using var request = HttpTry.Json(settings.Uri, PagerDutyBody.Of(notification, alert, settings.RoutingKey, links.Console?.Host ?? "paddock"));
            switch (await HttpTry.SendAsync(http, request, cancellationToken))
            {
                case DeliveryOutcome.TryAgain again:
                    return again;
                case DeliveryOutcome.Refused one:
                    refused = one; // the others may be taken
                    break;
            }
        }

        return refused ?? new DeliveryOutcome.Delivered();
    }

    public void Dispose() => http.Dispose();
}
