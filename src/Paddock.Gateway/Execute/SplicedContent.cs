using System.Net;
using Paddock.Gateway.Receive;

namespace Paddock.Gateway.Execute;

/// <summary>A request body that sends the received bytes with a few parts replaced, without copying the rest.</summary>
internal sealed class SplicedContent : HttpContent
{
    private readonly ReceivedBody body;
    private readonly Splice[] splices;

    /// <param name="splices">Sorted by start, not overlapping.</param>
    public SplicedContent(ReceivedBody body, Splice[] splices)
    {
        (this.body, this.splices) = (body, splices);
        Headers.ContentLength = Length(body.Length, splices);
    }

    public static long Length(long body, Splice[] splices)
    {
        foreach (var splice in splices)
        {
            body += splice.With.Length - splice.Length;
        }

        return body;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Length(body.Length, splices);
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = body.Lend();
            var position = 0;
            foreach (var splice in splices)
            {
                await stream.WriteAsync(bytes[position..splice.Start], cancellationToken);
                await stream.WriteAsync(splice.With, cancellationToken);
                position = splice.Start + splice.Length;
            }

            await stream.WriteAsync(bytes[position..], cancellationToken);
        }
        finally
        {
            body.TakeBack();
        }
    }
}
