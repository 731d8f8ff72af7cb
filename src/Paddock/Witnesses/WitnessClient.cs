using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.Witnesses;

/// <summary>A witness over HTTP (c2sp.org/tlog-witness), called as operators' addresses are.</summary>
internal sealed class WitnessClient(WitnessSettings settings) : IWitness, IDisposable
{
    private const int MostBytes = 64 << 10;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = GuardedSocket.Client(patience);

    public VerifierKey Key => settings.Key;

    public string Host => settings.Address.Host;

    public async Task<WitnessReply> AddAsync(AddCheckpoint request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToString())) { Headers = { ContentType = new("text/plain") { CharSet = "utf-8" } } };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience); // also for an answer that comes byte by byte
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Address, "add-checkpoint")) { Content = content };
            using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return ReplyOf(answer, await BodyAsync(answer, limit.Token));
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new WitnessReply.Away(fault switch
            {
                HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } named => $"it cannot be reached ({named.HttpRequestError})",
                OperationCanceledException => $"no answer within {patience.TotalSeconds:F0} s",
                _ => fault.GetType().Name,
            });
        }
    }

    public void Dispose() => http.Dispose();

    private static WitnessReply ReplyOf(HttpResponseMessage answer, string body)
    {
        var said = $"HTTP {(int)answer.StatusCode}";
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => new WitnessReply.Signed(body),
            HttpStatusCode.Conflict when answer.Content.Headers.ContentType?.MediaType == WitnessAnswer.SizeType
                && long.TryParse(body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) => new WitnessReply.Knows(size),
            HttpStatusCode.Conflict => new WitnessReply.Contradicts("at this size it has seen another root"),
            HttpStatusCode.UnprocessableEntity => new WitnessReply.Contradicts("what it has seen is not the beginning of this log"),
            HttpStatusCode.NotFound => new WitnessReply.Refused("it does not know the log; give it the key of the open shard (/audit/vkey)"),
            HttpStatusCode.Forbidden => new WitnessReply.Refused("it has another key for the log"),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => new WitnessReply.Away(said),
            _ => new WitnessReply.Refused(said),
        };
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes];
        var length = await stream.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, cancellationToken);
        return length < MostBytes ? Encoding.UTF8.GetString(buffer.AsSpan(0, length)) : throw new HttpRequestException("The answer is too long.");
    }
}
