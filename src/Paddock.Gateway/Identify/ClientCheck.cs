using Paddock.Core.Agents;
using Paddock.Core.Modes;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Guard;

namespace Paddock.Gateway.Identify;

/// <summary>Notes which client calls, and finds out whether its settings are too old where a team profile or a rule asks for that.</summary>
internal sealed class ClientCheck(IClients clients, ISnapshots snapshots, TimeProvider time)
{
    public ValueTask PrepareAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (caller, task) = (exchange.Caller!, exchange.Task); // identified by now
        var snapshot = snapshots.For(caller.Principal.Id.Value, exchange.TaskId);
        var rules = RulesFor(snapshot, exchange);
        clients.Note(new(caller.Key.Id, task.Agent, exchange.ReceivedAt) { AgentVersion = task.AgentVersion, Device = task.Device, CallsWithin = rules.RefreshWithin });
        return rules.RefusesStale || snapshot.Policies.Uses.Has(Fact.ClientStale) ? LookAsync(exchange, rules.RefreshWithin, cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>The same for a call that somebody outside asks about, as far as rules look at it.</summary>
    public async ValueTask PrepareAsync(OutsideOrigin origin)
    {
        if (origin.Snapshot.Policies.Uses.Has(Fact.ClientStale))
        {
            var (now, within) = (time.GetUtcNow(), RulesFor(origin.Snapshot, origin).RefreshWithin);
            origin.Client = (await clients.RefreshOfAsync(origin.Caller.Key.Id, origin.Task.Agent, now - within, origin.Gone)).StandingAt(now, within);
        }
    }

    /// <summary>Says what was found; while it cannot be told, conditions on it fail to their safe side.</summary>
    public static void Tell(ICallOrigin origin, FactValues facts)
    {
        if (origin.Client is ClientStanding.Current or ClientStanding.Stale)
        {
            facts.Set(Fact.ClientStale, origin.Client is ClientStanding.Stale);
        }
        else if (origin.Client is null && origin.Snapshot.Policies.Uses.Has(Fact.ClientStale))
        {
            facts.Untold |= FactMask.Of(Fact.ClientStale);
        }
    }

    /// <summary>Waits for nothing while it is known that the client is no older than it may be.</summary>
    private async ValueTask LookAsync(Exchange exchange, TimeSpan within, CancellationToken cancellationToken) =>
        exchange.Take(await clients.RefreshOfAsync(exchange.Caller!.Key.Id, exchange.Task.Agent, exchange.ReceivedAt - within, cancellationToken), within); // identified by now

    private static ProfileClient RulesFor(GovernanceSnapshot snapshot, ICallOrigin origin) => snapshot.Profiles.Of(origin.Caller.Principal)?.Client ?? ProfileClient.Usual;
}
