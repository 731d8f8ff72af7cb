using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Protocols.AnthropicMessages;
using Paddock.Gateway.Protocols.OpenAiChat;
using Paddock.Gateway.Protocols.OpenAiResponses;

namespace Paddock.Gateway;

/// <summary>All model endpoints: the common ones, and those the agents' dialects name.</summary>
internal sealed class Entrances
{
    public Entrances(IEnumerable<IAgentDialect> dialects)
    {
        var chat = new ChatProtocol();
        var responses = new ResponsesProtocol();
        var messages = new MessagesProtocol();
        Chat = new("/v1/chat/completions", chat);
        Responses = new("/v1/responses", responses);
        Messages = new("/v1/messages", messages);
        All =
        [
            Chat, Responses, Messages,
            new("/v1/messages/count_tokens", messages, CountsTokens: true),
            .. dialects.SelectMany(dialect => dialect.Entrances).Select(own => new Entrance(own.Path, OfWire(own.Wire, chat, responses, messages), own.Agent, own.CostInUsage, Unserved: own.Unserved)),
        ];
    }

    public Entrance Chat { get; }

    public Entrance Responses { get; }

    public Entrance Messages { get; }

    public IReadOnlyList<Entrance> All { get; }

    /// <summary>The wire whose error shape an unknown path below <c>/v1</c> is answered in.</summary>
    public Entrance Nearest(string path) =>
        path.StartsWith("/v1/messages", StringComparison.OrdinalIgnoreCase) ? Messages : path.StartsWith("/v1/responses", StringComparison.OrdinalIgnoreCase) ? Responses : Chat;

    private static WireProtocol OfWire(Wire wire, ChatProtocol chat, ResponsesProtocol responses, MessagesProtocol messages) => wire switch
    {
        Wire.OpenAiChat => chat,
        Wire.OpenAiResponses => responses,
        _ => messages,
    };
}
