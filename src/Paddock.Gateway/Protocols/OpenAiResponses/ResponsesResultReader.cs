namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>Calls and results are items: <c>function_call</c> and <c>function_call_output</c>, <c>custom_tool_call</c> and <c>custom_tool_call_output</c>, and whatever is named alike.</summary>
internal sealed class ResponsesResultReader : ResultReader
{
    private static readonly byte[][] item =
        ["type"u8.ToArray(), "call_id"u8.ToArray(), "output"u8.ToArray(), "name"u8.ToArray(), "arguments"u8.ToArray(), "input"u8.ToArray(), "action"u8.ToArray(), "role"u8.ToArray(), "namespace"u8.ToArray()];

    public override void Read(ReadOnlySpan<byte> body, ByteRange turn, List<TurnPart> into)
    {
        Span<ByteRange> found = stackalloc ByteRange[9];
        if (!JsonParts.Locate(body, turn, item, found))
        {
            return;
        }

        var type = JsonParts.Text(body, found[0]);
        if (JsonParts.Text(body, found[1]) is not { } id)
        {
            if (type is "reasoning" || (found[7].IsPresent && found[7].Of(body).SequenceEqual("\"assistant\""u8)))
            {
                into.Add(TurnPart.ModelTurn);
            }
        }
        else if (type?.EndsWith("_output", StringComparison.Ordinal) is true)
        {
            into.Add(new(TurnPartKind.Result, id, null, found[2], null));
        }
        else
        {
            var name = JsonParts.Text(body, found[3]) ?? type;
            var space = JsonParts.Text(body, found[8]);
            var arguments = found[4].IsPresent ? found[4] : found[5].IsPresent ? found[5] : found[6];
            into.Add(new(TurnPartKind.Call, id, ResponsesToolName.Of(space, name), arguments, null));
        }
    }
}
