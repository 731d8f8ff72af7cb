using Microsoft.Extensions.Logging;
using Paddock.Store.Audit;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;
using Paddock.Store.Scm;
using Paddock.Store.Tasks;

namespace Paddock.Store.Policies;

/// <summary>Forgets decisions, events of agents and tallies that are older than they are kept, and gives up on calls of which nothing was heard.</summary>
internal sealed class DecisionUpkeep(IDatabase database, EntryBook entries, StoreOptions options, TimeProvider time, ILogger<DecisionUpkeep> logger) : PeriodicLook(TimeSpan.FromMinutes(10), time)
{
    /// <summary>After this long nobody will say what came of a call.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromHours(24);

    /// <summary>Rows removed in one transaction, so that others get their turn.</summary>
    private const int AtOnce = 2000;

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        while (await database.WriteAsync(session => GiveUpAsync(session, now), cancellationToken) == AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        while (await database.WriteAsync(session => DecisionSql.ForgetAsync(session, now - options.KeepDecisions, AtOnce), cancellationToken) == AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        while (await database.WriteAsync(session => AgentEventSql.ForgetAsync(session, now - options.KeepDecisions, AtOnce), cancellationToken) == AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        await database.WriteAsync(session => TallySql.ForgetAsync(session, now), cancellationToken);
        await database.WriteAsync(session => TaskLinks.ForgetAsync(session, now), cancellationToken);
    }

    private async Task<int> GiveUpAsync(Session session, DateTimeOffset now)
    {
        var (count, events) = await DecisionSql.GiveUpAsync(session, now - patience, now, AtOnce);
        foreach (var outcome in events)
        {
            await entries.AddAsync(session, outcome);
        }

        return count;
    }

    protected override void TellOf(Exception fault) => Log.DecisionsNotLookedAfter(logger, fault.Message);
}
