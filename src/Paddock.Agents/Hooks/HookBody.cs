using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Paddock.Agents.Hooks;

/// <summary>Reads members of what a hook sends.</summary>
internal static class HookBody
{
    /// <summary>A member twice would be one thing to us and another to the agent.</summary>
    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <returns>Null when it is no JSON object.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body, strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException) // the latter for half of a surrogate pair in a name
        {
            // Said by the null.
        }

        return null;
    }

    /// <summary>A name or id; null when it is absent, no text, empty or too long to be one.</summary>
    public static string? Name(JsonElement body, string member) => Said.Name(Text(body, member));

    public static string? Text(JsonElement body, string member)
    {
        try
        {
            return body.ValueKind is JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    /// <summary>A member that is an object; an undefined element otherwise.</summary>
    public static JsonElement Part(JsonElement body, string member) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Object ? value : default;

    /// <summary>Arguments: an object as it stands, or a text that holds one. Absent or null counts as none.</summary>
    /// <returns>Null when it is something else.</returns>
    public static byte[]? Arguments(JsonElement body, string member)
    {
        if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty(member, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return [];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => JsonMarshal.GetRawUtf8Value(value).ToArray(),
            JsonValueKind.String when Text(body, member) is { } text => Encoding.UTF8.GetBytes(text),
            _ => null,
        };
    }
}
