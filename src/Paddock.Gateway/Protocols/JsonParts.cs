using System.Text;
using System.Text.Unicode;

namespace Paddock.Gateway.Protocols;

/// <summary>
/// Locates values in a JSON text of which two readers must not make different things: a named member twice is a fault, whatever
/// others would make of it. Malformed text throws <see cref="MalformedJsonException"/>.
/// </summary>
internal static class JsonParts
{
    private const int MaxDepth = 128;

    /// <summary>The text as one value, whole and well-formed, or not present.</summary>
    public static ByteRange Root(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
        {
            throw new MalformedJsonException(data);
        }

        var cursor = new JsonCursor(data, MaxDepth);
        cursor.Peek();
        var value = cursor.Skip();
        cursor.End();
        return value;
    }

    public static bool IsObject(ReadOnlySpan<byte> data, ByteRange value) => value.IsPresent && data[value.Start] == '{';

    public static bool IsArray(ReadOnlySpan<byte> data, ByteRange value) => value.IsPresent && data[value.Start] == '[';

    public static bool IsText(ReadOnlySpan<byte> data, ByteRange value) => value.IsPresent && data[value.Start] == '"';

    public static bool IsNull(ReadOnlySpan<byte> data, ByteRange value) => value.IsPresent && data[value.Start] == 'n';

    /// <summary>Where the named members' values lie; one that is absent is not present.</summary>
    /// <returns>False when a named member is there twice.</returns>
    public static bool Locate(ReadOnlySpan<byte> data, ByteRange value, ReadOnlySpan<byte[]> names, Span<ByteRange> found)
    {
        found[..names.Length].Clear();
        var part = value.Of(data);
        var cursor = new JsonCursor(part, MaxDepth);
        cursor.Enter();
        while (cursor.NextMember(out var name))
        {
            var which = IndexOf(name, part, names);
            var at = cursor.Skip();
            if (which < 0)
            {
                continue;
            }

            if (found[which].IsPresent)
            {
                return false;
            }

            found[which] = new(value.Start + at.Start, at.Length);
        }

        return true;
    }

    /// <summary>The elements of an array, in their order.</summary>
    public static List<ByteRange> Elements(ReadOnlySpan<byte> data, ByteRange value)
    {
        var elements = new List<ByteRange>();
        var cursor = new JsonCursor(value.Of(data), MaxDepth);
        cursor.Enter();
        while (cursor.NextElement())
        {
            var at = cursor.Skip();
            elements.Add(new(value.Start + at.Start, at.Length));
        }

        return elements;
    }

    /// <summary>The members of an object, in their order, with where their values lie, and name and value together.</summary>
    public static List<(string Name, ByteRange Value, ByteRange At)> Members(ReadOnlySpan<byte> data, ByteRange value)
    {
        var members = new List<(string, ByteRange, ByteRange)>();
        var part = value.Of(data);
        var cursor = new JsonCursor(part, MaxDepth);
        cursor.Enter();
        while (cursor.NextMember(out var name))
        {
            var at = cursor.Skip();
            var start = name.Text.Start - 1; // its quote
            members.Add((JsonText.Decode(name.Text, name.IsEscaped, part), new(value.Start + at.Start, at.Length), new(value.Start + start, at.End - start)));
        }

        return members;
    }

    /// <summary>The decoded text, or null when the value is none.</summary>
    public static string? Text(ReadOnlySpan<byte> data, ByteRange value)
    {
        if (!IsText(data, value))
        {
            return null;
        }

        var text = new ByteRange(value.Start + 1, value.Length - 2);
        return JsonText.Decode(text, JsonText.IsEscaped(text, data), data);
    }

    /// <summary>A number that counts from 0, or null when the value is none.</summary>
    public static int? Index(ReadOnlySpan<byte> data, ByteRange value) =>
        value.IsPresent && System.Buffers.Text.Utf8Parser.TryParse(value.Of(data), out int index, out var read) && read == value.Length && index is >= 0 and < 100_000 ? index : null;

    private static int IndexOf(JsonName name, ReadOnlySpan<byte> part, ReadOnlySpan<byte[]> names)
    {
        var text = name.IsEscaped ? Encoding.UTF8.GetBytes(JsonText.Decode(name.Text, isEscaped: true, part)) : name.Text.Of(part);
        for (var i = 0; i < names.Length; i++)
        {
            if (text.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
