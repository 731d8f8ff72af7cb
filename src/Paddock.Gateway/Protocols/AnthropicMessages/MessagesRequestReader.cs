using Paddock.Core.Agents;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Reads <c>POST /v1/messages</c> and <c>/v1/messages/count_tokens</c>.</summary>
internal sealed class MessagesRequestReader : RequestReader
{
    protected override BodyFault? ReadMember(RequestMember member, ref JsonCursor cursor, ReadOnlySpan<byte> body, RequestFacts facts) => member switch
    {
        RequestMember.System => Locate(BodyPart.System, ref cursor, facts),
        RequestMember.Messages => ReadTurns(ref cursor, body, facts),
        _ => Pass(ref cursor),
    };
}
