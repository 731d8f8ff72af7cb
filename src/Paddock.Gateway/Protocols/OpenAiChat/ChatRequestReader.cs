using System.Text.Json;

namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>Reads <c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatRequestReader : RequestReader
{
    protected override BodyFault? ReadMember(RequestMember name, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts) => name switch
    {
        RequestMember.Messages => ReadTurns(ref reader, body, facts),
        RequestMember.StreamOptions => ReadStreamOptions(ref reader, body, facts),
        _ => SkipValue(ref reader),
    };

    private static BodyFault? ReadStreamOptions(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            facts.StreamOptionsNull = reader.TokenType == JsonTokenType.Null;
            facts.StreamOptions = ValueRange(ref reader);
            return facts.StreamOptionsNull ? null : new(Duplicate: false, "stream_options", "'stream_options' must be an object.");
        }

        var start = (int)reader.TokenStartIndex;
        facts.StreamOptionsEmpty = true;
        var names = new NameSet(stackalloc ByteRange[8]);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.Add(in reader, body))
            {
                return Duplicated(ref reader);
            }

            facts.StreamOptionsEmpty = false;
            var isUsage = reader.ValueTextEquals("include_usage"u8);
            reader.Read();
            if (isUsage)
            {
                facts.IncludeUsage = reader.TokenType == JsonTokenType.True;
                facts.IncludeUsageValue = ValueRange(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        facts.StreamOptions = new(start, (int)reader.BytesConsumed - start);
        return null;
    }
}
