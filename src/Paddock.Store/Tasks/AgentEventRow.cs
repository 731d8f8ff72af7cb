using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>An event as the database gave it.</summary>
internal sealed class AgentEventRow
{
    public long Seq { get; init; }

    public byte[] Digest { get; init; } = [];

    public bool FirstHand { get; init; }

    public byte[] Same { get; init; } = [];

    public long At { get; init; }

    public string Principal { get; init; } = "";

    public string Agent { get; init; } = "";

    public string? Task { get; init; }

    public string? NativeTask { get; init; }

    public string? ParentTask { get; init; }

    public string Type { get; init; } = "";

    public string? Mode { get; init; }

    public long? MessageTs { get; init; }

    public string? MessageKind { get; init; }

    public string? MessageWhat { get; init; }

    public bool? MessagePartial { get; init; }

    public long? MessageLength { get; init; }

    public string Facts { get; init; } = "";

    public bool Retried { get; init; }

    public AgentEvent Event()
    {
        var message = MessageTs is { } ts && MessageKind is { } kind ? new AgentMessage(ts, kind, MessageWhat, MessagePartial is true, MessageLength ?? 0) : null;
        return new()
        {
            Seq = Seq,
            At = At.ToTime(),
            Principal = Principal,
            Agent = Agent,
            Task = Task,
            NativeTask = NativeTask,
            ParentTask = ParentTask,
            Type = Type,
            Mode = Mode,
            Message = message,
            Facts = Facts,
            Retried = Retried,
            Identity = new(Convert.ToHexStringLower(Same), message is not null),
        };
    }
}
