using Paddock.Core.Policies;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Receive;

/// <summary>Takes in a request: reads the body within limits and locates what Paddock reads of it.</summary>
internal sealed class Reception(BodyReceiver bodies, GatewayOptions options)
{
    public async ValueTask<Refusal?> ReadAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (!IsJson(exchange.Http.Request.ContentType))
        {
            return new(RefusalReason.UnsupportedMediaType, 415, "The request body must be application/json.") { Parameter = "content-type" };
        }

        if (await bodies.ReceiveAsync(exchange, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var body = exchange.Body!; // read just now
        if (body.Length > options.InlineBodyBytes)
        {
            // A long scan would hold the socket thread that many other calls wait for.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        var fault = exchange.Protocol.Requests.Read(body.Span, exchange.Request);
        return fault is not null ? Refuse(fault) : RefuseFeature(exchange.Request);
    }

    /// <summary>A missing content type passes: some clients send none, and the body is checked anyway.</summary>
    private static bool IsJson(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("text/json", StringComparison.OrdinalIgnoreCase);

    private static Refusal Refuse(BodyFault fault) =>
        new(fault.Duplicate ? RefusalReason.DuplicateMember : RefusalReason.MalformedBody, 400, fault.Message) { Parameter = fault.Member };

    private static Refusal? RefuseFeature(RequestFacts request) => request.Unsupported switch
    {
        null => null,
        "background" => new(RefusalReason.UnsupportedFeature, 400, "Background responses are not served: their work would end unseen. Send background: false.") { Parameter = "background" },
        var member => new(RefusalReason.UnsupportedFeature, 400, "Prompts stored at the provider are not served: nobody could tell what they ask. Send the text itself.") { Parameter = member },
    };
}
