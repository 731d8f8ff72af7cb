using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Paddock.Agents.Telemetry;

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

    public static string? Text(JsonElement body, string member) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? TextOf(value) : null;

    /// <summary>A member that is an object; an undefined element otherwise.</summary>
    public static JsonElement Part(JsonElement body, string member) =>
        body.ValueKind is JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Object ? value : default;

    /// <summary>A number, flag or short text, or how many a list holds, by the names of the members that lead to it with dots between; null when there is none.</summary>
    public static TelemetryValue? Value(JsonElement body, string members)
    {
        var at = body;
        foreach (var member in members.Split('.'))
        {
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(member, out at))
            {
                return null;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.True => new(true),
            JsonValueKind.False => new(false),
            JsonValueKind.Array => new((long)at.GetArrayLength()),
            JsonValueKind.Number => at.TryGetInt64(out var whole) ? new(whole) : at.TryGetDouble(out var number) ? new(number) : null,
            JsonValueKind.String when JsonMarshal.GetRawUtf8Value(at).Length <= TelemetryValue.LongestText + 2 => TextOf(at) is { } text ? new(text) : null,
            _ => null,
        };
    }

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

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }
}
