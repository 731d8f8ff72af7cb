using System.IO.Compression;
using System.Net;
using CsCheck;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>Bytes cut anywhere, and packed in every coding.</summary>
public static class Cuts
{
    public static readonly Gen<string> Codings = Gen.OneOfConst("", "", "gzip", "br", "deflate");

    /// <summary>Places to cut at, as shares of the length, so that they fit any text.</summary>
    public static readonly Gen<double[]> Places = Gen.Double[0, 1].Array[0, 8];

    public static List<byte[]> Cut(byte[] bytes, double[] places)
    {
        int[] at = [0, .. places.Select(place => (int)(place * bytes.Length)).Order(), bytes.Length];
        return [.. at.Zip(at.Skip(1), (from, to) => bytes[from..to]).Where(part => part.Length > 0)];
    }

    public static byte[] Pack(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream();
        using (var stream = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => (Stream)new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => packed,
        })
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Sends each part by itself; without a length it is chunked.</summary>
    public sealed class Content(IReadOnlyList<byte[]> parts, bool withLength) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = parts.Sum(part => part.Length);
            return withLength;
        }
    }
}
