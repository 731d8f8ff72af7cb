using System.Globalization;
using System.Text.Json;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>The messages that a request gives to the model, whatever its wire.</summary>
internal static class Conversation
{
    /// <summary>A cache's mark wanders to the newest messages with each turn; a message is the same with and without it.</summary>
    private static readonly byte[] mark = "cache_control"u8.ToArray();

    private static readonly byte[][] members = ["system"u8.ToArray(), "instructions"u8.ToArray(), "messages"u8.ToArray(), "input"u8.ToArray()];
    private static readonly string[] names = ["system", "instructions", "messages", "input"];

    /// <summary>Each message as JSON, under the name of its place, such as <c>messages[3]</c>.</summary>
    /// <exception cref="MalformedJsonException">The body is no JSON of a call.</exception>
    public static IEnumerable<(string Field, ByteRange Value)> Of(ReadOnlySpan<byte> body)
    {
        var all = new List<(string, ByteRange)>();
        Span<ByteRange> found = stackalloc ByteRange[members.Length];
        JsonParts.Locate(body, JsonParts.Root(body), members, found);
        for (var i = 0; i < members.Length; i++)
        {
            if (i >= 2 && JsonParts.IsArray(body, found[i]))
            {
                all.AddRange(JsonParts.Elements(body, found[i]).Select((value, at) => (string.Create(CultureInfo.InvariantCulture, $"{names[i]}[{at}]"), value)));
            }
            else if (found[i].IsPresent && !JsonParts.IsNull(body, found[i]))
            {
                all.Add((names[i], found[i]));
            }
        }

        return all;
    }

    /// <summary>A message as it is kept: as it stands, without the marks of caches.</summary>
    public static byte[] Text(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf(mark) < 0)
        {
            return message.ToArray();
        }

        var (kept, from) = (new List<byte>(message.Length), 0);
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = message.Length });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(mark))
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var (cut, end) = WithComma(message, from, start, (int)reader.BytesConsumed);
                kept.AddRange(message[from..cut]);
                from = end;
            }
        }

        kept.AddRange(message[from..]);
        return [.. kept];
    }

    /// <summary>A member and the comma on one of its sides, if there is one.</summary>
    /// <param name="from">What lies before is cut out or kept already: of two marks side by side the first has taken the comma.</param>
    private static (int Start, int End) WithComma(ReadOnlySpan<byte> message, int from, int start, int end)
    {
        var before = message[from..start].TrimEnd(" \t\r\n"u8);
        if (before is [.., (byte)','])
        {
            return (from + before.Length - 1, end);
        }

        var behind = message[end..].TrimStart(" \t\r\n"u8);
        return behind is [(byte)',', ..] ? (start, message.Length - behind.Length + 1) : (start, end);
    }
}
