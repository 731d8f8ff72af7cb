using System.Text.Json;
using Paddock.Core.Models;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Execute;

/// <summary>Replaces a part of a body by other bytes; a length of 0 inserts. The closed list of splices is in docs/wires.md.</summary>
internal readonly record struct Splice(int Start, int Length, ReadOnlyMemory<byte> With);

/// <summary>The splices of a request: tools that policy takes out, the model's name, and <c>include_usage</c> so that a streamed chat can be metered.</summary>
internal static class RequestSplices
{
    private static readonly byte[] WholeOptions = """{"include_usage":true}"""u8.ToArray();

    public static Splice[] Of(Exchange exchange, string upstreamModel)
    {
        var request = exchange.Request;
        var model = upstreamModel == request.Model ? default(Splice?) : new Splice(request.ModelValue.Start, request.ModelValue.Length, Encode(upstreamModel));
        var usage = exchange.Wire is Wire.OpenAiChat && request is { Stream: true, IncludeUsage: false } ? UsageSplice(request) : default(Splice?);
        if (exchange.TakenOut.Length > 0)
        {
            return [.. exchange.TakenOut.Concat(new[] { model, usage }.OfType<Splice>()).OrderBy(static splice => splice.Start)];
        }

        return (model, usage) switch
        {
            (null, null) => [],
            ({ } one, null) => [one],
            (null, { } one) => [one],
            ({ } first, { } second) => first.Start < second.Start ? [first, second] : [second, first],
        };
    }

    private static byte[] Encode(string model) => [(byte)'"', .. JsonEncodedText.Encode(model).EncodedUtf8Bytes, (byte)'"'];

    private static Splice UsageSplice(RequestFacts request)
    {
        if (request.IncludeUsageValue.IsPresent)
        {
            return new(request.IncludeUsageValue.Start, request.IncludeUsageValue.Length, "true"u8.ToArray());
        }

        var options = request.StreamOptions;
        if (!options.IsPresent)
        {
            return new(request.ObjectEnd, 0, ""","stream_options":{"include_usage":true}"""u8.ToArray());
        }

        return request.StreamOptionsNull
            ? new(options.Start, options.Length, WholeOptions)
            : new(options.End - 1, 0, request.StreamOptionsEmpty ? "\"include_usage\":true"u8.ToArray() : ",\"include_usage\":true"u8.ToArray());
    }
}
