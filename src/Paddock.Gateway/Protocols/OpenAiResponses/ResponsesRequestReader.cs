using System.Text.Json;
using Paddock.Core.Agents;

namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>Reads <c>POST /v1/responses</c>.</summary>
internal sealed class ResponsesRequestReader : RequestReader
{
    protected override BodyFault? ReadMember(RequestMember name, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts) => name switch
    {
        RequestMember.Instructions => Locate(BodyPart.System, ref reader, facts),
        RequestMember.Input => ReadInput(ref reader, body, facts),
        RequestMember.PromptCacheKey => Locate(BodyPart.PromptCacheKey, ref reader, facts),
        RequestMember.ClientMetadata => Locate(BodyPart.ClientMetadata, ref reader, facts),
        RequestMember.Background => ReadBackground(ref reader, facts),
        RequestMember.Prompt => ReadPrompt(ref reader, facts),
        _ => SkipValue(ref reader),
    };

    private static BodyFault? ReadInput(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return ReadTurns(ref reader, body, facts);
        }

        var text = ValueRange(ref reader);
        facts.SetPart(BodyPart.FirstUser, text);
        facts.SetPart(BodyPart.LastUser, text);
        return null;
    }

    /// <summary>Background work ends after the connection does: nothing could be metered or judged.</summary>
    private static BodyFault? ReadBackground(ref Utf8JsonReader reader, RequestFacts facts)
    {
        if (reader.TokenType is not (JsonTokenType.False or JsonTokenType.Null))
        {
            facts.Unsupported = "background";
        }

        return SkipValue(ref reader);
    }

    /// <summary>A stored prompt holds instructions and tools that Paddock never sees.</summary>
    private static BodyFault? ReadPrompt(ref Utf8JsonReader reader, RequestFacts facts)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            facts.Unsupported = "prompt";
        }

        return SkipValue(ref reader);
    }
}
