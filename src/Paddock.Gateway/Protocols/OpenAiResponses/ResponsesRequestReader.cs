using Paddock.Core.Agents;

namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>Reads <c>POST /v1/responses</c>.</summary>
internal sealed class ResponsesRequestReader : RequestReader
{
    protected override BodyFault? ReadMember(RequestMember member, ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts) => member switch
    {
        RequestMember.Instructions => Locate(BodyPart.System, ref cursor, facts),
        RequestMember.Input => ReadInput(ref cursor, body, facts),
        RequestMember.PromptCacheKey => Locate(BodyPart.PromptCacheKey, ref cursor, facts),
        RequestMember.ClientMetadata => LocateObject(BodyPart.ClientMetadata, ref cursor, body, facts),
        RequestMember.Background => ReadBackground(ref cursor, facts),
        RequestMember.Prompt => ReadPrompt(ref cursor, facts),
        _ => Pass(ref cursor),
    };

    private static BodyFault? ReadInput(ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts)
    {
        if (cursor.Peek() != (byte)'"')
        {
            return ReadTurns(ref cursor, body, facts);
        }

        var text = cursor.Skip();
        facts.SetPart(BodyPart.FirstUser, text);
        facts.SetPart(BodyPart.LastUser, text);
        return null;
    }

    /// <summary>Background work ends after the connection does: nothing could be metered or judged.</summary>
    private static BodyFault? ReadBackground(ref JsonCursor cursor, RequestFacts facts)
    {
        if (cursor.Peek() is not ((byte)'f' or (byte)'n'))
        {
            facts.Unsupported = "background";
        }

        return Pass(ref cursor);
    }

    /// <summary>A stored prompt holds instructions and tools that Paddock never sees.</summary>
    private static BodyFault? ReadPrompt(ref JsonCursor cursor, RequestFacts facts)
    {
        if (cursor.Peek() != (byte)'n')
        {
            facts.Unsupported = "prompt";
        }

        return Pass(ref cursor);
    }
}
