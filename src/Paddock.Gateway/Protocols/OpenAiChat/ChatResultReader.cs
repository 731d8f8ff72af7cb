namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>Results are messages of the role <c>tool</c>; calls stand in the assistant's.</summary>
internal sealed class ChatResultReader : ResultReader
{
    private static readonly byte[][] message = ["role"u8.ToArray(), "tool_call_id"u8.ToArray(), "content"u8.ToArray(), "tool_calls"u8.ToArray()];
    private static readonly byte[][] call = ["id"u8.ToArray(), "function"u8.ToArray()];
    private static readonly byte[][] function = ["name"u8.ToArray(), "arguments"u8.ToArray()];

    public override void Read(ReadOnlySpan<byte> body, ByteRange turn, List<TurnPart> into)
    {
        Span<ByteRange> found = stackalloc ByteRange[4];
        if (!JsonParts.Locate(body, turn, message, found))
        {
            return;
        }

        if (JsonParts.Text(body, found[1]) is { } id)
        {
            into.Add(new(TurnPartKind.Result, id, null, found[2], null));
        }
        else if (found[0].IsPresent && found[0].Of(body).SequenceEqual("\"assistant\""u8))
        {
            into.Add(TurnPart.ModelTurn);
            ReadCalls(body, found[3], into);
        }
    }

    private static void ReadCalls(ReadOnlySpan<byte> body, ByteRange calls, List<TurnPart> into)
    {
        if (!JsonParts.IsArray(body, calls))
        {
            return;
        }

        Span<ByteRange> found = stackalloc ByteRange[2];
        foreach (var one in JsonParts.Elements(body, calls))
        {
            if (JsonParts.IsObject(body, one) && JsonParts.Locate(body, one, call, found) && JsonParts.Text(body, found[0]) is { } id && JsonParts.IsObject(body, found[1]) && JsonParts.Locate(body, found[1], function, found))
            {
                into.Add(new(TurnPartKind.Call, id, JsonParts.Text(body, found[0]), found[1], null));
            }
        }
    }
}
