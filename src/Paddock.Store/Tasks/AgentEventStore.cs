using System.Collections.Immutable;
using Paddock.Core.Tasks;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Agents' events as rows.</summary>
internal sealed class AgentEventStore(IDatabase database) : IAgentEvents
{
    private const int MostAtOnce = 1000;

    public Task<int> AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var added = events.Count > 1 && events.All(static one => one is { Identity.Once: true, Retried: false }) ? await AgentEventSql.AddOnceAsync(session, events) : await AddEachAsync(session, events);
            await TaskMarks.AddAsync(session, events.Select(static one => one.Task).OfType<string>());
            return added;
        },
        cancellationToken);

    private static async Task<int> AddEachAsync(Session session, IReadOnlyList<AgentEvent> events)
    {
        var added = 0;
        foreach (var one in events)
        {
            added += await AgentEventSql.AddAsync(session, one) ? 1 : 0;
        }

        return added;
    }

    public Task<ImmutableArray<AgentEvent>> ListAsync(string task, long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => AgentEventSql.ListAsync(session, task, after, Math.Clamp(limit, 1, MostAtOnce)), cancellationToken);
}
