using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>A channel of Slack, by its incoming webhook. Slack knows no ids: a repetition is shown twice.</summary>
internal sealed class Slack(SlackSettings settings) : IReceiver, IDisposable
{
    private readonly HttpClient http = GuardedSocket.Client(HttpTry.Patience);

    public string Name => "slack";

    public string Host => settings.Uri.Host;

    public bool Takes(Notification notification) => settings.Filter.Takes(notification);

    public async Task<DeliveryOutcome> SendAsync(Notification notification, string id, CancellationToken cancellationToken)
    {
        using var request = HttpTry.Json(settings.Uri, SlackBody.Of(notification));
        return await HttpTry.SendAsync(http, request, cancellationToken);
    }

    public void Dispose() => http.Dispose();
}
