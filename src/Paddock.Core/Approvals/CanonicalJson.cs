using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Paddock.Core.Approvals;

/// <summary>
/// One text for all JSON texts that mean the same (RFC 8785): members sorted by their UTF-16 code units, no blanks, one way to write
/// strings and numbers. What cannot be one thing only is refused: members twice, broken Unicode, deep nesting.
/// </summary>
public static class CanonicalJson
{
    private const int DeepestLevel = 64;

    private static readonly JsonDocumentOptions strict = new() { MaxDepth = DeepestLevel, AllowDuplicateProperties = false };

    /// <param name="json">UTF-8.</param>
    /// <param name="without">Members of the outermost object that are left out.</param>
    /// <returns>Null when it is no JSON, or not the same to every reader.</returns>
    public static string? Of(ReadOnlyMemory<byte> json, IReadOnlyCollection<string>? without = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, strict);
            var text = new StringBuilder();
            Write(text, document.RootElement, without ?? []);
            return text.ToString();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // an unpaired surrogate shows only when its text is read, as the second
        }
    }

    /// <summary>A text as a JSON string.</summary>
    /// <exception cref="ArgumentException">It is no Unicode text.</exception>
    public static string String(string text)
    {
        if (!IsUnicode(text))
        {
            throw new ArgumentException("The text holds half of a surrogate pair.", nameof(text));
        }

        var json = new StringBuilder(text.Length + 2);
        WriteString(json, text);
        return json.ToString();
    }

    public static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(StringBuilder text, JsonElement value, IReadOnlyCollection<string> without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value, without);
                break;
            case JsonValueKind.Array:
                WriteArray(text, value);
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!); // a string has one
                break;
            case JsonValueKind.Number:
                text.Append(CanonicalNumber.Of(value.GetRawText()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value, IReadOnlyCollection<string> without)
    {
        var first = true;
        text.Append('{');
        foreach (var member in value.EnumerateObject().Where(member => !without.Contains(member.Name, StringComparer.Ordinal)).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            text.Append(first ? "" : ",");
            first = false;
            WriteString(text, member.Name);
            text.Append(':');
            Write(text, member.Value, []);
        }

        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, JsonElement value)
    {
        var first = true;
        text.Append('[');
        foreach (var item in value.EnumerateArray())
        {
            text.Append(first ? "" : ",");
            first = false;
            Write(text, item, []);
        }

        text.Append(']');
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
