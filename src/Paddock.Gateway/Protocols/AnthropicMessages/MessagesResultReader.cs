namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Results are <c>tool_result</c> blocks in the user's turns; calls are <c>tool_use</c> blocks in the assistant's.</summary>
internal sealed class MessagesResultReader : ResultReader
{
    private static readonly byte[][] message = ["role"u8.ToArray(), "content"u8.ToArray()];

    private static readonly byte[][] block =
        ["type"u8.ToArray(), "tool_use_id"u8.ToArray(), "content"u8.ToArray(), "is_error"u8.ToArray(), "id"u8.ToArray(), "name"u8.ToArray(), "input"u8.ToArray()];

    public override void Read(ReadOnlySpan<byte> body, ByteRange turn, List<TurnPart> into)
    {
        Span<ByteRange> found = stackalloc ByteRange[7];
        if (!JsonParts.Locate(body, turn, message, found))
        {
            return;
        }

        if (found[0].IsPresent && found[0].Of(body).SequenceEqual("\"assistant\""u8))
        {
            into.Add(TurnPart.ModelTurn);
        }

        var content = found[1];
        foreach (var one in JsonParts.IsArray(body, content) ? JsonParts.Elements(body, content) : [])
        {
            if (JsonParts.IsObject(body, one) && JsonParts.Locate(body, one, block, found))
            {
                ReadBlock(body, found, into);
            }
        }
    }

    private static void ReadBlock(ReadOnlySpan<byte> body, ReadOnlySpan<ByteRange> found, List<TurnPart> into)
    {
        var type = JsonParts.Text(body, found[0]);
        if (type == "tool_result" && JsonParts.Text(body, found[1]) is { } result)
        {
            into.Add(new(TurnPartKind.Result, result, null, found[2], found[3].IsPresent && found[3].Of(body).SequenceEqual("true"u8)));
        }
        else if (type == "tool_use" && JsonParts.Text(body, found[4]) is { } call)
        {
            into.Add(new(TurnPartKind.Call, call, JsonParts.Text(body, found[5]), found[6], null));
        }
    }
}
