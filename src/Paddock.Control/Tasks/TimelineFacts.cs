using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Control.Tasks;

/// <summary>One thing that happened in a task, before it is drawn; exactly one of the facts is there.</summary>
/// <param name="At">To the millisecond, which is as far as the orders of all sources agree.</param>
internal sealed record TimelineFact(DateTimeOffset At, string Id)
{
    public CallRow? Turn { get; init; }

    public StoredDecision? Decision { get; init; }

    public (AgentEvent Event, TaskSignal Signal)? Told { get; init; }

    public TaskVerdict? Verdict { get; init; }

    /// <summary>Of those at the same time, the ones further down come later.</summary>
    private int Rank => this switch { { Turn: not null } => 0, { Decision: not null } => 1, { Told: not null } => 2, _ => 3 };

    public static int NewestFirst(TimelineFact one, TimelineFact other)
    {
        var byTime = other.At.CompareTo(one.At);
        var byRank = byTime != 0 ? byTime : other.Rank.CompareTo(one.Rank);
        return byRank != 0 ? byRank : string.CompareOrdinal(other.Id, one.Id);
    }
}

/// <summary>Gathers what happened in a task from ledger, decisions, agents' events and verdicts.</summary>
public sealed class TimelineFacts(ILedger ledger, ILedgerReader calls, IDecisions decisions, IAgentEvents events, ITasks tasks, IEnumerable<IAgentDialect> dialects)
{
    private const int EventsAtOnce = 1000, MostEvents = 10_000;

    /// <summary>Calls come by their ids, which are made when a request begins to arrive; they are opened once it has. So much too many are read that none is missed.</summary>
    private const int Crossed = 50, MostAtOnce = 1000;

    private readonly IReadOnlyDictionary<string, IAgentDialect> byName = dialects.ByName();

    /// <summary>Everything that nobody waits for any more, but the newest of each source.</summary>
    /// <param name="before">Up to and with this millisecond; null = all.</param>
    /// <param name="limit">Of each source.</param>
    /// <returns>Newest first, and whether events were left out.</returns>
    internal async Task<(List<TimelineFact> Facts, bool LeftOut)> ReadAsync(TaskRecord task, DateTimeOffset? before, int limit, CancellationToken cancellationToken)
    {
        await ledger.FlushAsync(cancellationToken);
        await decisions.FlushAsync(cancellationToken);
        var (id, until) = (task.Task.Id, before?.AddMilliseconds(1));
        var turns = await calls.ListAsync(new() { Principal = task.Principal, Task = id, Until = until, Limit = Math.Min(limit + Crossed, MostAtOnce) }, cancellationToken);
        var judged = await decisions.ListAsync(new() { Principal = task.Principal, Task = id, Until = until, Limit = Math.Min(limit, MostAtOnce) }, cancellationToken);
        var (told, leftOut) = await ToldAsync(task, judged.Where(IsEnded).Select(static one => one.ToolCall).OfType<string>().ToHashSet(StringComparer.Ordinal), cancellationToken);
        List<TimelineFact> facts =
        [
            .. turns.Select(static row => new TimelineFact(Ms(row.Opening.At), row.Opening.Id.ToString()) { Turn = row }),
            .. judged.Select(static one => new TimelineFact(Ms(one.At), one.Id) { Decision = one }),
            .. told.Select(static one => new TimelineFact(Ms(one.Event.At), one.Event.Seq.ToString("D20", System.Globalization.CultureInfo.InvariantCulture)) { Told = one }),
            .. (await tasks.VerdictsAsync(id, cancellationToken)).Select(static one => new TimelineFact(Ms(one.At), one.Id) { Verdict = one }),
        ];
        facts.RemoveAll(one => one.At > before);
        facts.Sort(TimelineFact.NewestFirst);
        return (facts, leftOut);
    }

    /// <summary>Events that say something of the task. Of what passed through the gateway itself, the gateway's own record is shown.</summary>
    private async Task<(List<(AgentEvent Event, TaskSignal Signal)> Told, bool LeftOut)> ToldAsync(TaskRecord task, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var told = new List<(AgentEvent, TaskSignal)>();
        var (after, count) = (0L, 0);
        while (count < MostEvents)
        {
            var page = await events.ListAsync(task.Task.Id, after, EventsAtOnce, cancellationToken);
            told.AddRange(page.Select(one => (one, SignalOf(one))).Where(one => IsNews(one.Item2, task.Task.IsCostReported, seen)));
            if (page.Length < EventsAtOnce)
            {
                return (told, false);
            }

            (after, count) = (page[^1].Seq, count + page.Length);
        }

        return (told, true);
    }

    /// <summary>Whether Paddock knows how a call ended: its result was seen, or it was refused.</summary>
    private static bool IsEnded(StoredDecision one) => one.Result is { End: not ToolEnd.Unknown } || (!one.Outcome.IsLetGo() && one.Outcome is not DecisionOutcome.Held);

    private static bool IsNews(TaskSignal signal, bool isAllTold, HashSet<string> seen) => signal.Kind switch
    {
        TaskSignalKind.None => false,
        TaskSignalKind.Turn or TaskSignalKind.TurnFailed => isAllTold,
        TaskSignalKind.ToolEnded => signal.ToolCall is { } call ? !seen.Contains(call) : isAllTold,
        _ => true,
    };

    private TaskSignal SignalOf(AgentEvent one) => byName.GetValueOrDefault(one.Agent)?.SignalOf(one) ?? TaskSignal.None;

    private static DateTimeOffset Ms(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
