using System.Text.Json;
using Paddock.Core.Agents;

namespace Paddock.Gateway.Protocols.AnthropicMessages;

/// <summary>Reads <c>POST /v1/messages</c> and <c>/v1/messages/count_tokens</c>.</summary>
internal sealed class MessagesRequestReader : RequestReader
{
    protected override BodyFault? ReadMember(RequestMember name, ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RequestFacts facts) => name switch
    {
        RequestMember.System => Locate(BodyPart.System, ref reader, facts),
        RequestMember.Messages => ReadTurns(ref reader, body, facts),
        _ => SkipValue(ref reader),
    };
}
