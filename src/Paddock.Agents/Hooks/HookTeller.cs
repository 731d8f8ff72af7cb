using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Hooks;

/// <summary>
/// Keeps what hooks tell. An agent waits for its hook and never tells the same again, so that this takes a second at the most, and nothing that
/// goes wrong here is said to the agent: it is counted, and the event is lost.
/// </summary>
internal sealed class HookTeller(IAgentEvents events, IClients clients, IEnumerable<IAgentDialect> dialects, HookMetrics metrics, TimeProvider time, ILogger<HookTeller> logger)
{
    /// <summary>A person's events at once, and then in a second: an agent that works makes about two.</summary>
    public const int Burst = 1_000, PerSecond = 50;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly FrozenDictionary<string, IAgentDialect> byName = dialects.ByName();
    private readonly Allowance allowance = new(Burst, TimeSpan.FromSeconds(1) / PerSecond, time);

    /// <param name="agent">Whose hook it is.</param>
    /// <param name="mode">The working mode, when a header says it.</param>
    /// <param name="repository">The repository, when a header says it.</param>
    /// <returns>Its task; null when the caller may not tell of it.</returns>
    public async Task<string?> TakeAsync(Caller caller, string agent, HookTelling told, string? mode, string? repository)
    {
        if (!MayTell(caller, agent) || allowance.TryTake(caller.Principal.Id.Value) is not null)
        {
            metrics.Note(agent, HookOutcome.Refused);
            return null;
        }

        var one = EventOf(caller, agent, told, mode, repository, time.GetUtcNow());
        metrics.Note(agent, await KeepAsync(caller, one, told));
        return one.Task;
    }

    /// <summary>Whoever may call models or tools may tell of it, but of no other agent than the one that the key is for.</summary>
    private bool MayTell(Caller caller, string agent) =>
        caller.Key is { Client: not (SessionClient.Extension or SessionClient.Cli), Scopes: { Models: true } or { Tools: true } }
        && (caller.Key.Scopes.PinnedAgent is not { } pinned || (byName.GetValueOrDefault(pinned)?.Agent ?? pinned) == agent);

    private async Task<HookOutcome> KeepAsync(Caller caller, AgentEvent one, HookTelling told)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            clients.Note(new(caller.Key.Id, one.Agent, one.At) { AgentVersion = told.Version });
            return await events.AppendAsync([one], patience.Token).WaitAsync(patience.Token) > 0 ? HookOutcome.Kept : HookOutcome.Again; // also when the hook has been given up meanwhile
        }
        catch (Exception fault) // whatever it is, the agent goes on
        {
            Log.EventNotKept(logger, fault.Message);
            return HookOutcome.Lost;
        }
    }

    private static AgentEvent EventOf(Caller caller, string agent, HookTelling told, string? mode, string? repository, DateTimeOffset now)
    {
        var (principal, scopes) = (caller.Principal.Id.Value, caller.Key.Scopes);
        var named = scopes.PinnedAgent ?? agent;
        var facts = With(told.Facts, scopes.PinnedRepository ?? repository);
        return new()
        {
            At = now,
            Principal = principal,
            Agent = named,
            Task = TaskKey.Compute(principal, named, told.Session),
            NativeTask = told.Session,
            ParentTask = told.Parent,
            Type = told.Type,
            Mode = scopes.PinnedMode ?? mode,
            Facts = facts,
            Identity = EventIdentity.OfHook(principal, named, told.Type, told.Session, told.Mark ?? string.Create(CultureInfo.InvariantCulture, $"second {now.ToUnixTimeSeconds()}"), facts),
        };
    }

    private static string With(string facts, string? repository)
    {
        if (repository is null)
        {
            return facts;
        }

        var all = JsonNode.Parse(facts)!.AsObject(); // written here
        all["repository"] = repository;
        return all.ToJsonString();
    }
}
