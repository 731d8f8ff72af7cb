using System.Net;
using System.Net.Sockets;
using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>One destination: posts a signed body, to no address that is forbidden, through no proxy, without following redirects.</summary>
internal sealed class Webhook : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly WebhookSettings settings;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public Webhook(WebhookSettings settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        http = GuardedSocket.Client(patience);
    }

    /// <summary>What may be shown of where it goes.</summary>
    public string Host => settings.Uri.Host;

    public async Task<DeliveryOutcome> SendAsync(string name, string id, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Uri) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(settings.Secret, time.GetUtcNow(), body));
        request.Headers.Add("Paddock-Event", name);
        request.Headers.Add("Paddock-Delivery", id);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return OutcomeOf(answer);
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DeliveryOutcome.TryAgain(fault is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } named ? named.HttpRequestError.ToString() : fault.GetType().Name, After: null);
        }
    }

    public void Dispose() => http.Dispose();

    private static DeliveryOutcome OutcomeOf(HttpResponseMessage answer)
    {
        var said = $"HTTP {(int)answer.StatusCode}";
        return answer.StatusCode switch
        {
            _ when answer.IsSuccessStatusCode => new DeliveryOutcome.Delivered(),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new DeliveryOutcome.TryAgain(said, answer.Headers.RetryAfter?.Delta),
            _ => new DeliveryOutcome.Refused(said),
        };
    }
}
