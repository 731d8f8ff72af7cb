using System.Collections.Frozen;
using System.Collections.Immutable;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;

namespace Paddock.Agents.Telemetry;

/// <summary>What a batch came to.</summary>
/// <param name="Events">To be kept, each once.</param>
/// <param name="Foreign">Records of another agent than the one that the key is for.</param>
/// <param name="Agent">Whose records they are, as far as one can be told.</param>
/// <param name="Version">That agent's version.</param>
internal sealed record TelemetryRead(ImmutableArray<AgentEvent> Events, int Foreign, string? Agent, string? Version);

/// <summary>Makes events of records. Whose they are is what the key says, never what a record does; of a record only what its agent's table names is kept.</summary>
internal sealed class TelemetryReading(IEnumerable<IAgentTelemetry> agents, IEnumerable<IAgentDialect> dialects)
{
    /// <summary>A client's clock may be ahead by so much.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>A record may be as old as this; exporters wait minutes, not months.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    private const ulong NanosInTick = 100;

    private readonly ImmutableArray<IAgentTelemetry> all = [.. agents];
    private readonly FrozenDictionary<string, IAgentDialect> byName = dialects.ByName();

    /// <summary>Every attribute that anybody looks at.</summary>
    public FrozenSet<string> Wanted { get; } = agents.SelectMany(static one => one.Attributes).Concat([TelemetryNames.Service, TelemetryNames.Version, TelemetryNames.Event]).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="named">The agent that a header says.</param>
    public TelemetryRead Read(ImmutableArray<TelemetryRecord> records, Caller caller, string? named, DateTimeOffset now)
    {
        var pinned = caller.Key.Scopes.PinnedAgent;
        var expected = (pinned ?? named) is { } name ? byName.GetValueOrDefault(name)?.Agent ?? name : null;
        var (events, seen) = (ImmutableArray.CreateBuilder<AgentEvent>(), new HashSet<EventIdentity>());
        var (foreign, agent, version) = (0, (string?)null, (string?)null);
        foreach (var record in records)
        {
            var from = all.FirstOrDefault(one => one.Recognizes(record));
            if (from is not null && expected is not null && from.Agent != expected)
            {
                foreign++;
                continue;
            }

            from ??= all.FirstOrDefault(one => one.Agent == expected);
            if (from is null)
            {
                continue;
            }

            (agent, version) = (agent ?? pinned ?? from.Agent, version ?? from.VersionIn(record));
            if (from.Read(record) is { } read && EventOf(read, record, caller, pinned ?? from.Agent, now) is var one && (!one.Identity.Once || seen.Add(one.Identity)))
            {
                events.Add(one);
            }
        }

        return new(events.ToImmutable(), foreign, agent, version);
    }

    private static AgentEvent EventOf(TelemetryEvent read, TelemetryRecord record, Caller caller, string agent, DateTimeOffset now)
    {
        var principal = caller.Principal.Id.Value;
        return new()
        {
            At = TimeOf(record.UnixNano, now),
            Principal = principal,
            Agent = agent,
            Task = read.NativeTask is { } native ? TaskKey.Compute(principal, agent, native) : null,
            NativeTask = read.NativeTask,
            Type = read.Type,
            Facts = read.Facts,
            Identity = EventIdentity.OfRecord(principal, agent, read.Type, read.NativeTask, record.UnixNano, read.Facts),
        };
    }

    /// <summary>A time that cannot be is a clock that is wrong: then it is when it arrived.</summary>
    private static DateTimeOffset TimeOf(ulong unixNano, DateTimeOffset now)
    {
        var said = DateTimeOffset.UnixEpoch.AddTicks((long)(unixNano / NanosInTick));
        return said > now + Ahead || said < now - Oldest ? now : said;
    }
}
