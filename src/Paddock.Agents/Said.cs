using System.Text.Json;
using Paddock.Core.Agents;

namespace Paddock.Agents;

/// <summary>Takes what a client says of itself, if it looks like a name or id. Everything here is asserted, and nothing here throws.</summary>
internal static class Said
{
    /// <summary>The longest name or id that is taken; what is longer is treated as absent.</summary>
    private const int MaxLength = 200;

    /// <summary>A header's value, trimmed; null when absent, empty, too long or not printable.</summary>
    public static string? By(ICallView call, string header) => Name(call.Header(header));

    public static string? Name(string? text, int maxLength = MaxLength)
    {
        text = text?.Trim();
        return text is { Length: > 0 } && text.Length <= maxLength && !text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f') ? text : null;
    }

    /// <summary>The version in a user agent of the form <c>product/1.2.3 …</c>; null when it has none.</summary>
    public static string? Version(string? userAgent)
    {
        var text = userAgent.AsSpan();
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            return null;
        }

        var version = text[(slash + 1)..];
        var end = version.IndexOfAny(" /(;,");
        version = end < 0 ? version : version[..end];
        return version is { Length: > 0 and <= 40 } ? Name(version.ToString()) : null;
    }

    /// <summary>A string member of a JSON object, at its top level; null when it has none, has it twice, or is no JSON object.</summary>
    public static string? Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, int maxLength = MaxLength)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            string? found = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wanted = reader.ValueTextEquals(name);
                reader.Read();
                if (wanted && found is not null)
                {
                    return null;
                }

                found = wanted && reader.TokenType == JsonTokenType.String ? reader.GetString() : found;
                reader.Skip();
            }

            return Name(found, maxLength);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return null;
        }
    }

    /// <summary>A whole JSON string.</summary>
    public static string? Text(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.String ? Name(reader.GetString()) : null;
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return null;
        }
    }

    /// <summary>Whether JSON was at fault: malformed, or (invalid operation) a string with half a surrogate pair or broken UTF-8.</summary>
    public static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;
}
