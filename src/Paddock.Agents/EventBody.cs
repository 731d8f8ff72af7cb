using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Paddock.Core.Policies;

namespace Paddock.Agents;

/// <summary>A body of an agent's own telling, decoded, or why there is none.</summary>
internal abstract record EventBody
{
    /// <summary>Reads no further than the limit, however much a compressed body would become.</summary>
    /// <param name="most">Bytes, after decoding. Before it, the endpoint's own limit holds.</param>
    public static async Task<EventBody> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        var tooLarge = new Refused(StatusCodes.Status413PayloadTooLarge, RefusalReason.BodyTooLarge, $"A body is at most {most >> 20} MiB here, compressed or not.");
        if (Decoded(request) is not { } stream)
        {
            return new Refused(StatusCodes.Status415UnsupportedMediaType, RefusalReason.UnsupportedEncoding, "The body's Content-Encoding is not supported; send gzip, br or none.");
        }

        try
        {
            await using (stream)
            {
                using var whole = new MemoryStream();
                var buffer = new byte[16 << 10];
                while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    if (whole.Length + read > most)
                    {
                        return tooLarge;
                    }

                    await whole.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                return new Whole(whole.GetBuffer().AsMemory(0, (int)whole.Length));
            }
        }
        catch (BadHttpRequestException fault)
        {
            return fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? tooLarge : new Refused(fault.StatusCode, RefusalReason.MalformedBody, "The body was cut off, or came too slowly.");
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is InvalidOperationException && stream is BrotliStream)) // Brotli's way to say so
        {
            return new Refused(StatusCodes.Status400BadRequest, RefusalReason.MalformedBody, "The body cannot be decoded by its Content-Encoding.");
        }
    }

    private static Stream? Decoded(HttpRequest request) => Name(request.Headers.ContentEncoding) switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
        _ => null,
    };

    private static string Name(StringValues header) => header.ToString().Trim().ToLowerInvariant(); // several in a row are none that is known

    public sealed record Whole(ReadOnlyMemory<byte> Bytes) : EventBody;

    public sealed record Refused(int Status, RefusalReason Reason, string Message) : EventBody;
}
