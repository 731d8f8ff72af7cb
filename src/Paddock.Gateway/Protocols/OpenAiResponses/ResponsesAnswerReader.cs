using System.Text.Json;

namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>Reads Responses answers. Usage is only in the final event; unknown events pass as semantic.</summary>
internal sealed class ResponsesAnswerReader : AnswerReader
{
    protected override EventKind ReadEvent(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, AnswerFacts facts)
    {
        var type = name.IsEmpty ? ResponsesEvent.Unknown : ResponsesEvents.Of(name);
        var announces = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? ResponsesEvents.Of(reader.ValueSpan) : type;
            }
            else if (reader.ValueTextEquals("response"u8))
            {
                reader.Read();
                ReadResponse(ref reader, facts);
            }
            else if (reader.ValueTextEquals("item"u8))
            {
                reader.Read();
                facts.SaysTool |= !(announces = AnnouncesOnly(ref reader));
            }
            else if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                facts.DeltaBytes += Weigh(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                ReadError(ref reader, facts);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return KindOf(type, announces, facts);
    }

    protected override void ReadBody(ref Utf8JsonReader reader, AnswerFacts facts) => ReadResponseMembers(ref reader, facts);

    private static EventKind KindOf(ResponsesEvent type, bool announces, AnswerFacts facts)
    {
        switch (type)
        {
            case ResponsesEvent.Lifecycle:
                return EventKind.Lifecycle;
            case ResponsesEvent.ItemAdded:
                return announces ? EventKind.Lifecycle : EventKind.Semantic;
            case ResponsesEvent.Error:
                facts.ErrorType ??= "error";
                return EventKind.Error;
            case ResponsesEvent.Completed:
                facts.Ended = true;
                return EventKind.End;
            default:
                facts.SaysTool |= type is ResponsesEvent.ToolInput;
                return EventKind.Semantic;
        }
    }

    private static void ReadResponse(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadResponseMembers(ref reader, facts);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadResponseMembers(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, facts);
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                facts.Model ??= ReadShortText(ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                facts.Finish = ReadShortText(ref reader) ?? facts.Finish;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                ReadError(ref reader, facts);
            }
            else if (reader.ValueTextEquals("output"u8))
            {
                reader.Read();
                ReadOutput(ref reader, facts);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static void ReadOutput(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            facts.SaysTool |= !AnnouncesOnly(ref reader);
        }
    }

    private static void ReadUsage(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        facts.Usage = OpenAiUsage.Read(ref reader);
        facts.HasUsage = true;
    }

    /// <summary>An added message or reasoning item has no content yet; any other item is the start of something that runs.</summary>
    private static bool AnnouncesOnly(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return true;
        }

        var announces = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                announces = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("reasoning"u8);
            }
            else
            {
                reader.Skip();
            }
        }

        return announces;
    }
}
