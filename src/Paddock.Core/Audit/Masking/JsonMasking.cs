using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Paddock.Core.Audit.Masking;

/// <summary>Masks the strings of a JSON text, without their escapes, and leaves every other byte as it is.</summary>
internal sealed class JsonMasking(Masker masker, IDictionary<string, int> found)
{
    private const int MostDepth = 256;

    private readonly string?[] names = new string?[MostDepth + 1];
    private string? name;

    /// <summary>Whether it begins as an object or a list.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var first && text[first] is (byte)'{' or (byte)'[';

    /// <param name="masked">Null when nothing was found.</param>
    /// <returns>False when it is no JSON.</returns>
    public bool TryMask(ReadOnlySpan<byte> json, out byte[]? masked)
    {
        masked = null;
        if (!IsWhole(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json, new() { MaxDepth = MostDepth });
        var target = new ArrayBufferWriter<byte>(json.Length);
        var from = 0;
        while (reader.Read())
        {
            if (Replacement(ref reader) is { } replacement)
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                target.Write(json[from..start]);
                target.Write(Quoted(replacement));
                from = reader.TokenType == JsonTokenType.PropertyName ? start + LengthOfName(json[start..end]) : end;
            }
        }

        if (from > 0)
        {
            target.Write(json[from..]);
            masked = target.WrittenSpan.ToArray();
        }

        return true;
    }

    /// <summary>Whether it can be read to its end, with all of its strings.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = MostDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false; // half a surrogate pair is the second
        }
    }

    /// <returns>Null for what stays.</returns>
    private string? Replacement(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                name = reader.GetString()!; // a name
                var property = masker.Mask(name, null, Encoding.UTF8, found);
                return property == name ? null : property;
            case JsonTokenType.String:
                return Text(reader.GetString()!, reader.CurrentDepth); // a string
            case JsonTokenType.Number:
                return Number(reader.ValueSpan);
            case JsonTokenType.StartObject:
                names[reader.CurrentDepth + 1] = null;
                name = null;
                return null;
            default:
                name = reader.TokenType == JsonTokenType.StartArray ? name : null; // a list is of what its name says
                return null;
        }
    }

    private string? Text(string text, int depth)
    {
        // {"name": "DB_PASSWORD", "value": "…"} is how lists of variables are written.
        var called = name is "value" or "Value" ? names[depth] : name;
        if (name is "name" or "key" or "Name" or "Key")
        {
            names[depth] = text;
        }

        var masked = masker.Mask(text, called, Encoding.UTF8, found);
        return masked == text ? null : masked;
    }

    private string? Number(ReadOnlySpan<byte> digits)
    {
        Span<char> text = stackalloc char[20];
        if (digits.Length > text.Length || !CardDetector.IsCard(text[..Encoding.ASCII.GetChars(digits, text)]))
        {
            return null;
        }

        Masker.Count(found, MaskKinds.Card);
        return masker.Card(digits);
    }

    private static byte[] Quoted(string text) => [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>The reader has consumed the colon behind it as well.</summary>
    private static int LengthOfName(ReadOnlySpan<byte> token) => token.LastIndexOf((byte)'"') + 1;
}
