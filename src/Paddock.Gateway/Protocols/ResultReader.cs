using System.Text;

namespace Paddock.Gateway.Protocols;

/// <summary>Finds the tool calls and their results in the turns of a request, which has been read and is well-formed.</summary>
internal abstract class ResultReader
{
    /// <summary>Bytes of a result that are read: its status stands at one of its ends, and few are longer.</summary>
    private const int MostBytes = 64 << 10;

    private static readonly byte[][] blockNames = ["text"u8.ToArray()];

    /// <summary>What one turn says, in its order.</summary>
    public abstract void Read(ReadOnlySpan<byte> body, ByteRange turn, List<TurnPart> into);

    /// <summary>The text of a result: a string, or the texts of a list of blocks.</summary>
    public static string TextOf(ReadOnlySpan<byte> body, ByteRange value)
    {
        if (JsonParts.IsText(body, value))
        {
            return value.Length <= MostBytes ? JsonParts.Text(body, value)! : Beginning(body, value); // a text
        }

        if (!JsonParts.IsArray(body, value))
        {
            return value.IsPresent ? Encoding.UTF8.GetString(new ByteRange(value.Start, Math.Min(value.Length, MostBytes)).Of(body)) : "";
        }

        var all = new StringBuilder();
        Span<ByteRange> found = stackalloc ByteRange[1];
        foreach (var block in JsonParts.Elements(body, value))
        {
            if (all.Length < MostBytes && JsonParts.IsObject(body, block) && JsonParts.Locate(body, block, blockNames, found) && JsonParts.IsText(body, found[0]))
            {
                all.Append(all.Length == 0 ? "" : "\n").Append(TextOf(body, found[0]));
            }
        }

        return all.ToString();
    }

    /// <summary>Cut where neither a character nor an escape is.</summary>
    private static string Beginning(ReadOnlySpan<byte> body, ByteRange value)
    {
        var text = value.Of(body);
        var end = 1;
        while (end < MostBytes)
        {
            end += LengthAt(text[end..]);
        }

        byte[] cut = [.. text[..Math.Min(end, text.Length - 1)], (byte)'"'];
        return JsonParts.Text(cut, new(0, cut.Length))!; // a text
    }

    /// <summary>Of the character or escape that begins here; two escapes that make one character count as one.</summary>
    private static int LengthAt(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'\\' when text[1] == 'u' => text[2] is (byte)'d' or (byte)'D' && text[3] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'b' or (byte)'A' or (byte)'B' ? 12 : 6,
        (byte)'\\' => 2,
        < 0x80 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };
}

/// <summary>A part of a turn that has to do with tools.</summary>
/// <param name="Id">The provider's id of the call; empty for the end of a turn.</param>
/// <param name="Name">The tool, of a call.</param>
/// <param name="Value">Arguments of a call, content of a result.</param>
/// <param name="IsError">What the wire says of a result; null where it has no word for it.</param>
internal readonly record struct TurnPart(TurnPartKind Kind, string Id, string? Name, ByteRange Value, bool? IsError)
{
    public static readonly TurnPart ModelTurn = new(TurnPartKind.ModelTurn, "", null, default, null);
}

internal enum TurnPartKind
{
    Call,
    Result,
    /// <summary>The model has spoken: what comes before answers an earlier turn of it.</summary>
    ModelTurn,
}
