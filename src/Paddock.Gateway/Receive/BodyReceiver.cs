using System.Buffers;
using Microsoft.AspNetCore.Http;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Receive;

/// <summary>Takes in request bodies: whole, decoded, within limits. What exceeds a limit is refused before it is read.</summary>
internal sealed class BodyReceiver(GatewayOptions options, BufferLimits limits)
{
    private const int FirstBuffer = 16 << 10;

    /// <summary>Reads the body into the exchange.</summary>
    /// <returns>Null when it was read, else why not.</returns>
    public async ValueTask<Refusal?> ReceiveAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var request = exchange.Http.Request;
        if (request.ContentLength > options.MaxBodyBytes)
        {
            return TooLarge();
        }

        var coding = ContentCoding.Of(request.Headers.ContentEncoding);
        if (coding is Coding.Unknown)
        {
            return new(RefusalReason.UnsupportedEncoding, 415, "The request body's Content-Encoding is not supported; send gzip, br, deflate or none.") { Parameter = "content-encoding" };
        }

        // The caller is known before any byte of the body is read.
        var lease = limits.TryTake(exchange.Caller!.Key.Id, Math.Max(request.ContentLength ?? 0, FirstBuffer));
        if (lease is null)
        {
            return NoRoom();
        }

        var (body, refusal) = await ReadAsync(request, coding, lease, cancellationToken);
        exchange.Body = body;
        return refusal;
    }

    private async ValueTask<(ReceivedBody? Body, Refusal? Refusal)> ReadAsync(HttpRequest request, Coding coding, BufferLimits.BufferLease lease, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(request.ContentLength ?? 0, FirstBuffer));
        var length = 0;
        var refusal = default(Refusal);
        try
        {
            await using var stream = ContentCoding.Decode(request.Body, coding);
            while (refusal is null)
            {
                if (length > options.MaxBodyBytes)
                {
                    refusal = TooLarge();
                    break;
                }

                if (length == buffer.Length && (refusal = Grow(ref buffer, lease)) is not null)
                {
                    break;
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                {
                    var body = new ReceivedBody(buffer, length, lease);
                    (buffer, lease) = (null!, null!); // owned by the body now
                    return (body, null);
                }

                length += read;
            }
        }
        catch (Exception exception) when (ContentCoding.IsDamage(exception, coding))
        {
            refusal = new(RefusalReason.MalformedBody, 400, "The request body cannot be decoded by its Content-Encoding.") { Parameter = "content-encoding" };
        }
        finally
        {
            Release(buffer, lease);
        }

        return (null, refusal);
    }

    private static void Release(byte[]? buffer, BufferLimits.BufferLease? lease)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        lease?.Dispose();
    }

    private static Refusal? Grow(ref byte[] buffer, BufferLimits.BufferLease lease)
    {
        if (!lease.TryGrow(buffer.Length))
        {
            return NoRoom();
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return null;
    }

    private Refusal TooLarge() =>
        new(RefusalReason.BodyTooLarge, 413, $"The request body exceeds {options.MaxBodyBytes} bytes.");

    private static Refusal NoRoom() =>
        new(RefusalReason.TooManyBufferedBytes, 503, "Paddock holds as many request bytes as it may; try again shortly.") { RetryAfter = TimeSpan.FromSeconds(2) };
}
