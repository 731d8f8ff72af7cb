using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace Paddock.Gateway.Receive;

/// <summary>A content coding (RFC 9110 §8.4.1).</summary>
internal enum Coding
{
    Identity,
    Gzip,
    Brotli,
    Deflate,
    Unknown,
}

internal static class ContentCoding
{
    public static Coding Of(StringValues header) => header.Count switch
    {
        0 => Coding.Identity,
        1 => Of(header[0]),
        _ => Coding.Unknown,
    };

    public static Coding Of(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => Coding.Identity,
        "gzip" or "x-gzip" => Coding.Gzip,
        "br" => Coding.Brotli,
        "deflate" => Coding.Deflate,
        _ => Coding.Unknown, // several codings in a row, zstd, or something new
    };

    /// <summary>The decoded stream; identity is the stream itself. HTTP's deflate is the zlib format (RFC 9110 §8.4.1.2).</summary>
    public static Stream Decode(Stream stream, Coding coding) => coding switch
    {
        Coding.Gzip => new GZipStream(stream, CompressionMode.Decompress),
        Coding.Brotli => new BrotliStream(stream, CompressionMode.Decompress),
        Coding.Deflate => new ZLibStream(stream, CompressionMode.Decompress),
        _ => stream,
    };

    /// <summary>Whether an exception of a decoded stream says that the bytes are not what their coding says; Brotli's reader has one of its own.</summary>
    public static bool IsDamage(Exception exception, Coding coding) =>
        exception is InvalidDataException || (coding is Coding.Brotli && exception is InvalidOperationException);
}
