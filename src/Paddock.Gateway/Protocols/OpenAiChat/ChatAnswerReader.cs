using System.Text.Json;

namespace Paddock.Gateway.Protocols.OpenAiChat;

/// <summary>Reads chat completions, streamed chunks and plain bodies; they share their shape.</summary>
internal sealed class ChatAnswerReader : AnswerReader
{
    /// <summary>Some providers leave <c>[DONE]</c> out.</summary>
    public override bool EndMarkerIsOptional => true;

    protected override EventKind ReadEvent(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, AnswerFacts facts)
    {
        var before = facts.DeltaBytes;
        var finishBefore = facts.Finish;
        var (choices, failed) = ReadChunkOrError(ref reader, facts);
        if (failed)
        {
            return EventKind.Error;
        }

        if (facts.DeltaBytes != before || !ReferenceEquals(finishBefore, facts.Finish))
        {
            return EventKind.Semantic;
        }

        return facts.UsageObject.IsPresent && choices == 0 ? EventKind.UsageOnly : EventKind.Lifecycle;
    }

    protected override void ReadBody(ref Utf8JsonReader reader, AnswerFacts facts) => ReadChunk(ref reader, facts);

    /// <summary>An error stays one for the answer; the events after it are what they are.</summary>
    private static (int Choices, bool Failed) ReadChunkOrError(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        var before = facts.ErrorType;
        facts.ErrorType = null;
        try
        {
            return (ReadChunk(ref reader, facts), facts.ErrorType is not null);
        }
        finally
        {
            facts.ErrorType ??= before;
        }
    }

    /// <returns>How many choices the chunk has.</returns>
    private static int ReadChunk(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        var choices = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                choices = ReadChoices(ref reader, facts);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, facts);
            }
            else if (facts.Model is null && reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                facts.Model = ReadShortText(ref reader);
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

        return choices;
    }

    private static void ReadUsage(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var start = (int)reader.TokenStartIndex;
        facts.Usage = OpenAiUsage.Read(ref reader);
        facts.HasUsage = true;
        facts.UsageObject = new(start, (int)reader.BytesConsumed - start);
    }

    private static int ReadChoices(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return 0;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadChoice(ref reader, facts);
            }
            else
            {
                reader.Skip();
            }
        }

        return count;
    }

    private static void ReadChoice(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                WeighDelta(ref reader, facts);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                facts.Finish = ReadShortText(ref reader) ?? facts.Finish;
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
    }

    /// <summary>Everything but the role is something the client acts on.</summary>
    private static void WeighDelta(ref Utf8JsonReader reader, AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = reader.ValueTextEquals("role"u8);
            var isTool = reader.ValueTextEquals("tool_calls"u8) || reader.ValueTextEquals("function_call"u8);
            reader.Read();
            facts.SaysTool |= isTool && reader.TokenType is not JsonTokenType.Null;
            var weight = Weigh(ref reader);
            facts.DeltaBytes += isRole ? 0 : weight;
        }
    }
}
