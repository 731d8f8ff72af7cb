using System.Net;
using System.Net.Sockets;

namespace Paddock.Notifications;

/// <summary>One request to a receiver, and what its answer means.</summary>
internal static class HttpTry
{
    /// <summary>How long a receiver may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static HttpRequestMessage Json(Uri address, byte[] body) => new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };

    public static async Task<DeliveryOutcome> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
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

    private static DeliveryOutcome OutcomeOf(HttpResponseMessage answer)
    {
        var said = $"HTTP {(int)answer.StatusCode}";
        return answer.StatusCode switch
        {
            _ when answer.IsSuccessStatusCode => new DeliveryOutcome.Delivered(),
            (>= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest) or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new DeliveryOutcome.TryAgain(said, answer.Headers.RetryAfter?.Delta),
            _ => new DeliveryOutcome.Refused(said),
        };
    }
}
