using System.Text.Json;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Reads Messages answers. Usage comes twice, in <c>message_start</c> and cumulatively in <c>message_delta</c>: it is overridden, never summed.</summary>
internal sealed class MessagesAnswerReader : AnswerReader
{
    protected override EventKind ReadEvent(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, AnswerFacts facts)
    {
        var type = MessagesEvents.Of(name);
        var runs = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MessagesEvents.MemberOf(ref reader);
            reader.Read();
            switch (member)
            {
                case MessagesMember.Type:
                    type = reader.TokenType == JsonTokenType.String ? MessagesEvents.Of(reader.ValueSpan) : type;
                    break;
                case MessagesMember.Message when reader.TokenType == JsonTokenType.StartObject:
                    ReadMembers(ref reader, facts);
                    facts.HasInput = true;
                    break;
                case MessagesMember.Usage:
                    ReadUsage(ref reader, facts);
                    facts.HasUsage = true;
                    break;
                case MessagesMember.Delta when reader.TokenType == JsonTokenType.StartObject:
                    ReadDelta(ref reader, facts);
                    break;
                case MessagesMember.ContentBlock when reader.TokenType == JsonTokenType.StartObject:
                    runs = ReadBlock(ref reader, facts);
                    facts.SaysTool |= runs;
                    break;
                case MessagesMember.Error:
                    ReadError(ref reader, facts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return KindOf(type, runs, facts);
    }

    protected override void ReadBody(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        ReadMembers(ref reader, facts);
        facts.HasUsage = facts.HasInput;
    }

    private static EventKind KindOf(MessagesEvent type, bool runs, AnswerFacts facts)
    {
        switch (type)
        {
            case MessagesEvent.Lifecycle:
                return EventKind.Lifecycle;
            case MessagesEvent.BlockStart:
                return runs ? EventKind.Semantic : EventKind.Lifecycle;
            case MessagesEvent.Error:
                facts.ErrorType ??= "error";
                return EventKind.Error;
            case MessagesEvent.Stop:
                facts.Ended = true;
                return EventKind.End;
            default:
                return EventKind.Semantic;
        }
    }

    private static void ReadMembers(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MessagesEvents.MemberOf(ref reader);
            reader.Read();
            switch (member)
            {
                case MessagesMember.Usage:
                    ReadUsage(ref reader, facts);
                    facts.HasInput = true;
                    break;
                case MessagesMember.Model:
                    facts.Model ??= ReadShortText(ref reader);
                    break;
                case MessagesMember.StopReason:
                    facts.Finish = ReadShortText(ref reader) ?? facts.Finish;
                    break;
                case MessagesMember.Error:
                    ReadError(ref reader, facts);
                    break;
                case MessagesMember.Content:
                    facts.SaysTool |= Weigh(ref reader) > 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void ReadUsage(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            facts.Usage = AnthropicUsage.Merge(ref reader, facts.Usage);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadDelta(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MessagesEvents.MemberOf(ref reader);
            reader.Read();
            if (member is MessagesMember.StopReason)
            {
                facts.Finish = ReadShortText(ref reader) ?? facts.Finish;
            }
            else
            {
                var weight = Weigh(ref reader);
                facts.DeltaBytes += member is MessagesMember.Type ? 0 : weight;
            }
        }
    }

    /// <summary>Text and thinking blocks start empty; any other block (a tool call, a server tool) says something at once.</summary>
    private static bool ReadBlock(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        var runs = true; // also one without a type
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MessagesEvents.MemberOf(ref reader);
            reader.Read();
            if (member is MessagesMember.Type && reader.TokenType == JsonTokenType.String)
            {
                runs = !reader.ValueTextEquals("text"u8) && !reader.ValueTextEquals("thinking"u8);
            }
            else
            {
                facts.DeltaBytes += Weigh(ref reader);
            }
        }

        return runs;
    }
}
