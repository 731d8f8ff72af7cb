using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Policies;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>Keeps what the model had been told when it called a tool. Agents send the whole conversation each turn; each message is kept once, and named by one entry.</summary>
internal sealed class ConversationKeeper(ContentKeeper keeper, RecentCalls recent, IAuditLog log)
{
    /// <summary>Messages that one entry names: at some 300 bytes each, half of what an entry holds.</summary>
    private const int AtOnce = 100;

    public void Keep(ICallOrigin origin, string decision, RuleAudit audit)
    {
        if (audit.KeepsRequest && origin is Exchange { Body: { } body } exchange)
        {
            foreach (var some in Unseen(exchange, body.Span, audit.Class).Chunk(AtOnce))
            {
                keeper.Later([.. some], marks => log.Post(Entry(origin, decision, marks)));
            }
        }
    }

    private List<PayloadCapture> Unseen(Exchange exchange, ReadOnlySpan<byte> body, string cls)
    {
        var (unseen, calls, principal) = (new List<PayloadCapture>(), recent.Of(exchange), exchange.Caller!.Principal.Id.Value); // identified before
        try
        {
            foreach (var (field, value) in Conversation.Of(body))
            {
                var text = Conversation.Text(value.Of(body));
                if (calls.TrySee(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(text))))
                {
                    unseen.Add(new(field, cls, exchange.TaskId, principal, text));
                }
            }
        }
        catch (Exception fault) when (fault is MalformedJsonException or JsonException)
        {
            // Half a surrogate pair: what cannot be read is not kept. The call has its entry all the same.
        }

        return unseen;
    }

    private static AuditEvent Entry(ICallOrigin origin, string decision, ImmutableArray<PayloadMark> marks) => new()
    {
        Act = AuditActs.TaskMessages,
        Actor = AuditActor.Agent(origin.Task.Agent, origin.Caller.Principal.Id.Value, origin.Caller.Key.Id.Value),
        Mutating = false,
        Ref = decision,
        Facts = [AuditFact.Of("call", origin.Id.ToString()), PayloadMark.Fact([.. marks]), .. origin.TaskId is { } task ? [AuditFact.Of("corr", task)] : Array.Empty<AuditFact>()],
    };
}
