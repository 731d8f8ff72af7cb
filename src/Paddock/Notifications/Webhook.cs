using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>One address: posts a signed body, to no address that is forbidden, through no proxy, without following redirects.</summary>
internal sealed class Webhook(WebhookSettings settings, TimeProvider time) : IReceiver, IDisposable
{
    private readonly HttpClient http = GuardedSocket.Client(HttpTry.Patience);

    public string Name => "webhook";

    public string Host => settings.Uri.Host;

    public bool Takes(Notification notification) => settings.Filter.Takes(notification);

    public async Task<DeliveryOutcome> SendAsync(Notification notification, string id, CancellationToken cancellationToken)
    {
        var (body, now) = (NotificationBody.Of(notification, id), time.GetUtcNow());
        using var request = HttpTry.Json(settings.Uri, body);
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.TimestampOf(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(settings.Secrets, id, now, body));
        request.Headers.Add("Paddock-Event", notification.Event);
        return await HttpTry.SendAsync(http, request, cancellationToken);
    }

    public void Dispose() => http.Dispose();
}
