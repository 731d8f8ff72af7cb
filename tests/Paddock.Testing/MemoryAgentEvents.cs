using System.Collections.Immutable;
using Paddock.Core.Tasks;

namespace Paddock.Testing;

/// <summary>Agents' events in memory, told apart as the store does.</summary>
public sealed class MemoryAgentEvents : IAgentEvents
{
    private readonly Lock gate = new();
    private readonly List<(AgentEvent Event, bool FirstHand)> kept = [];

    /// <summary>What comes of handing one in, instead of its being kept.</summary>
    public Func<CancellationToken, Task<int>>? Trouble { get; set; }

    public ImmutableArray<AgentEvent> All
    {
        get
        {
            lock (gate)
            {
                return [.. kept.Select(static one => one.Event)];
            }
        }
    }

    public Task<int> AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        if (Trouble is { } trouble)
        {
            return trouble(cancellationToken);
        }

        lock (gate)
        {
            return Task.FromResult(events.Count(Add));
        }
    }

    public Task<ImmutableArray<AgentEvent>> ListAsync(string task, long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<AgentEvent>>([.. All.Where(one => one.Task == task && one.Seq > after).Take(limit)]);

    private bool Add(AgentEvent one)
    {
        var at = kept.FindIndex(other => other.Event.Identity == one.Identity
            && (one.Identity.Once || (other.Event.At > one.At - EventIdentity.Window && (one.Retried || !other.FirstHand))));
        if (at >= 0)
        {
            kept[at] = (kept[at].Event with { Retried = kept[at].Event.Retried || one.Retried }, kept[at].FirstHand || !one.Retried);
            return false;
        }

        kept.Add((one with { Seq = kept.Count + 1 }, !one.Retried));
        return true;
    }
}
