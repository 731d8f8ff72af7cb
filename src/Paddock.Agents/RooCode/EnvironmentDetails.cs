using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Paddock.Agents.RooCode;

/// <summary>
/// Reads the mode from the block that Roo Code appends to each user turn: <c># Current Mode</c>, then <c>&lt;slug&gt;…</c>.
/// <para>
/// Strict about whose words they are. Roo Code appends the block as a part of its own, the last one; what a user types, a file
/// holds or a tool printed stands in parts before it, or inside other text. So the last part must be such a block from its first
/// byte to its last. Inside, terminal output comes before the mode, and what comes after it (file names, one to a line, and rows
/// of the todo table) cannot hold an empty line: the last heading after an empty line is Roo Code's own.
/// </para>
/// </summary>
internal static class EnvironmentDetails
{
    private const int MaxSlug = 100;

    /// <param name="content">Content of the newest user message, raw JSON: a string, or an array of parts.</param>
    /// <returns>The slug, or null.</returns>
    public static string? ModeOf(ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content);
            return reader.Read() && LastText(ref reader) is { } text ? ReadMode(content[text]) : null;
        }
        catch (Exception exception) when (Said.IsMalformed(exception))
        {
            return null;
        }
    }

    private static string? ReadMode(ReadOnlySpan<byte> json)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return ModeIn(buffer.AsSpan(0, reader.CopyString(buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? ModeIn(ReadOnlySpan<byte> text)
    {
        var block = text.Trim(" \t\r\n"u8);
        if (!block.StartsWith("<environment_details>\n"u8) || !block.EndsWith("\n</environment_details>"u8))
        {
            return null;
        }

        var inner = block["<environment_details>".Length..];
        for (var at = inner.LastIndexOf("\n# Current Mode\n<slug>"u8); at >= 0; at = inner[..at].LastIndexOf("\n# Current Mode\n<slug>"u8))
        {
            // At 0 it is the first heading of the block, with nothing before it.
            if (at == 0 || inner[at - 1] == '\n')
            {
                return Slug(inner[(at + "\n# Current Mode\n<slug>".Length)..]);
            }
        }

        return null;
    }

    private static string? Slug(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("</slug>\n"u8);
        return end is > 0 and <= MaxSlug && !rest[..end].ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8) ? Encoding.ASCII.GetString(rest[..end]) : null;
    }

    /// <summary>Where the JSON string of the last part lies, if that part is a text; null otherwise.</summary>
    private static Range? LastText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.String ? Here(in reader) : null;
        }

        Range? last = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            last = TextOf(ref reader);
        }

        return last;
    }

    /// <summary>The text of one part: an object of <c>type</c> text with one <c>text</c>. Said twice is not said.</summary>
    private static Range? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var (types, texts, isText) = (0, 0, false);
        Range? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isTypeName, isTextName) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("text"u8));
            reader.Read();
            if (isTypeName)
            {
                types++;
                isText = reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("input_text"u8));
            }
            else if (isTextName)
            {
                texts++;
                text = reader.TokenType == JsonTokenType.String ? Here(in reader) : null;
            }

            reader.Skip();
        }

        return types == 1 && texts == 1 && isText ? text : null;
    }

    private static Range Here(in Utf8JsonReader reader) => (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
}
