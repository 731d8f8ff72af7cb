using System.Collections.Immutable;

namespace Paddock.Core.Tasks;

/// <summary>What agents' own clients told of their tasks. Asserted, all of it: it stands beside ledger and decisions and changes neither.</summary>
public interface IAgentEvents
{
    /// <summary>
    /// Keeps those events that are not kept yet (<see cref="EventIdentity"/>), in this order; all of them are durable when the task completes.
    /// Throws whatever the database does when they are not: then none of them was kept, or the same ones can be handed in again.
    /// </summary>
    /// <returns>How many were new.</returns>
    Task<int> AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken);

    /// <summary>Events of a task in the order in which they arrived.</summary>
    /// <param name="task">Paddock's task id.</param>
    /// <param name="after">The <see cref="AgentEvent.Seq"/> of the last one that was read before; 0 to begin.</param>
    /// <param name="limit">The most to read, 1 to 1,000.</param>
    Task<ImmutableArray<AgentEvent>> ListAsync(string task, long after, int limit, CancellationToken cancellationToken);
}
