using System.Text;
using System.Text.Json;

namespace Paddock.Gateway.Protocols;

/// <summary>Decodes strings of a JSON text that has been checked.</summary>
internal static class JsonText
{
    /// <param name="text">The string without its quotes.</param>
    /// <exception cref="MalformedJsonException">Its escapes make no Unicode text: half a surrogate pair.</exception>
    public static string Decode(ByteRange text, bool isEscaped, ReadOnlySpan<byte> body)
    {
        if (!isEscaped)
        {
            return Encoding.UTF8.GetString(text.Of(body));
        }

        var reader = new Utf8JsonReader(body.Slice(text.Start - 1, text.Length + 2));
        try
        {
            reader.Read();
            return reader.GetString()!; // a string token
        }
        catch (InvalidOperationException)
        {
            throw new MalformedJsonException(body[..text.Start]);
        }
    }

    /// <summary>Whether the string has escapes.</summary>
    public static bool IsEscaped(ByteRange text, ReadOnlySpan<byte> body) => text.Of(body).Contains((byte)'\\');
}
