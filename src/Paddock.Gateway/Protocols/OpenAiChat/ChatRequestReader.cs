namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>Reads <c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatRequestReader : RequestReader
{
    protected override BodyFault? ReadMember(RequestMember member, ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts) => member switch
    {
        RequestMember.Messages => ReadTurns(ref cursor, body, facts),
        RequestMember.StreamOptions => ReadStreamOptions(ref cursor, body, facts),
        _ => Pass(ref cursor),
    };

    private static BodyFault? ReadStreamOptions(ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (cursor.Peek() != (byte)'{')
        {
            facts.StreamOptionsNull = cursor.Peek() == (byte)'n';
            facts.StreamOptions = cursor.Skip();
            return facts.StreamOptionsNull ? null : new(Duplicate: false, "stream_options", "'stream_options' must be an object.");
        }

        var start = cursor.Position;
        facts.StreamOptionsEmpty = true;
        var names = new NameSet(stackalloc ByteRange[8]);
        cursor.Enter();
        while (cursor.NextMember(out var name))
        {
            if (!names.Add(name, body))
            {
                return Duplicated(name, body);
            }

            facts.StreamOptionsEmpty = false;
            var value = cursor.Skip();
            if (Is(name, "include_usage"u8, body))
            {
                facts.IncludeUsage = value.Of(body).SequenceEqual("true"u8);
                facts.IncludeUsageValue = value;
            }
        }

        facts.StreamOptions = new(start, cursor.Position - start);
        return null;
    }
}
