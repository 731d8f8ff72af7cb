using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;

namespace Paddock.Core.Tasks;

/// <summary>A task's facts, each once and in the order of time, by their kinds.</summary>
internal sealed class SortedFacts
{
    private readonly HashSet<string> turnsWithTools;
    private readonly HashSet<string> ended;
    private readonly bool anyOffersTools;

    public SortedFacts(IEnumerable<TaskFact> facts)
    {
        var all = facts.GroupBy(static one => (one.GetType(), one.Id)).Select(static same => same.First()).OrderBy(static one => one.At).ThenBy(static one => one.Id, StringComparer.Ordinal).ToList();
        Turns = [.. all.OfType<TurnFact>().Select(Forwards)];
        Tools = WithoutHooks([.. all.OfType<ToolFact>().Select(Forwards)]);
        Events = OneEndOfEachCall([.. all.OfType<EventFact>()]);
        Verdicts = [.. all.OfType<VerdictFact>()];
        turnsWithTools = Tools.Select(static tool => tool.Turn).ToHashSet(StringComparer.Ordinal);
        ended = Tools.Where(tool => tool.Result is { End: not ToolEnd.Unknown } || IsRefused(tool)).Select(static tool => tool.ToolCall).OfType<string>().ToHashSet(StringComparer.Ordinal);
        anyOffersTools = Turns.Exists(static turn => turn.OffersTools);
    }

    public List<TurnFact> Turns { get; }

    public List<ToolFact> Tools { get; }

    public List<EventFact> Events { get; }

    public List<VerdictFact> Verdicts { get; }

    public bool HasTurns => Turns.Count > 0;

    /// <summary>Whether anybody tells of model calls: the gateway, or the agent. Hooks do not.</summary>
    public bool TellsTurns => HasTurns || Events.Exists(static one => one.Signal.Kind is TaskSignalKind.Turn);

    public bool IsEmpty => !HasTurns && Tools.Count == 0 && Events.Count == 0 && Verdicts.Count == 0;

    /// <summary>Whether a turn is one of the agent's loop. In a task where none offers tools, each is.</summary>
    public bool IsWork(TurnFact turn) => turn.OffersTools || !anyOffersTools;

    /// <summary>Whether the agent had begun another on a part of the work, and not heard from it: some agents' sub-agents answer in the same session, and their last answer is not the task's.</summary>
    public bool HasOpenSubtask(DateTimeOffset at) => Tools.Exists(tool => tool.Step.StartsSubtask && IsLetGo(tool) && tool.OutcomeAt <= at && (tool.ResultAt is null || tool.ResultAt > at));

    /// <summary>Whether the answer of a turn called tools.</summary>
    public bool HasTools(string turn) => turnsWithTools.Contains(turn);

    public bool IsLetGo(ToolFact tool) => tool.Outcome.IsLetGo();

    /// <summary>
    /// When whoever waited for a held call was gone, of which nothing else tells: the answer in which it stood came to its end. Of a call that
    /// was asked about beside or after an answer, by a hook: the agent called a model again.
    /// </summary>
    public DateTimeOffset? GivenUpAt(ToolFact tool) => Turns.Find(one => one.Id == tool.Turn) switch
    {
        { EndedAt: null } => null,
        { EndedAt: { } ended } when ended >= tool.At => ended,
        _ => Turns.Find(one => one.At > tool.At && IsWork(one))?.At,
    };

    /// <summary>Whether Paddock said no, or nobody said yes.</summary>
    public bool IsRefused(ToolFact tool) => !IsLetGo(tool) && tool.Outcome is not DecisionOutcome.Held;

    /// <summary>
    /// How many calls there were, as far as anybody tells. A call that was decided on and whose end the agent tells is one, by its id. Where
    /// neither has an id, ends are taken for those of the calls without one that were let go, as many as there are.
    /// </summary>
    public int CountCalls()
    {
        var decided = Tools.Select(static tool => tool.ToolCall).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var told = Events.FindAll(Counts);
        var (alone, nameless) = (told.Count(one => one.Signal.ToolCall is { } call && !decided.Contains(call)), told.Count(static one => one.Signal.ToolCall is null));
        return Tools.Count + alone + Math.Max(0, nameless - Tools.Count(tool => tool.ToolCall is null && IsLetGo(tool)));
    }

    /// <summary>A clock that was put back, or another process's that is behind, ends nothing before it began.</summary>
    private static TurnFact Forwards(TurnFact turn) => turn.EndedAt < turn.At ? turn with { EndedAt = turn.At } : turn;

    private static ToolFact Forwards(ToolFact tool)
    {
        var settled = tool.OutcomeAt < tool.At ? tool with { OutcomeAt = tool.At } : tool;
        return settled.Outcome.IsLetGo() && settled.ResultAt < settled.OutcomeAt ? settled with { ResultAt = settled.OutcomeAt } : settled;
    }

    /// <summary>An agent may tell twice how one call ended: that it was denied, and then that it failed; by telemetry, and by a hook that does not know how it went.</summary>
    private static List<EventFact> OneEndOfEachCall(List<EventFact> events)
    {
        var kept = events.Where(IsEnd).GroupBy(static one => one.Signal.ToolCall, StringComparer.Ordinal)
            .Select(static same => same.OrderBy(static one => RankOf(one.Signal.Result)).First().Id).ToHashSet(StringComparer.Ordinal);
        return events.FindAll(one => !IsEnd(one) || kept.Contains(one.Id));

        static int RankOf(ToolResult? result) => result switch
        {
            { End: ToolEnd.Denied } => 0,
            { End: not ToolEnd.Unknown, ExitCode: not null } => 1,
            { End: not ToolEnd.Unknown } => 2,
            _ => 3,
        };

        static bool IsEnd(EventFact one) => one.Signal is { Kind: TaskSignalKind.ToolEnded, ToolCall: not null };
    }

    /// <summary>An agent's hook may have asked for a call that stood in a model's answer: it is one call.</summary>
    private List<ToolFact> WithoutHooks(List<ToolFact> tools)
    {
        var turns = Turns.Select(static turn => turn.Id).ToHashSet(StringComparer.Ordinal);
        var seen = tools.Where(tool => turns.Contains(tool.Turn)).Select(static tool => tool.ToolCall).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return tools.FindAll(tool => turns.Contains(tool.Turn) || tool.ToolCall is null || !seen.Contains(tool.ToolCall));
    }

    /// <summary>Whether a tool's end that the agent tells is news: of a call whose result the gateway has seen, or that Paddock refused, Paddock's counts.</summary>
    public bool Counts(EventFact one) => one.Signal.Kind is TaskSignalKind.ToolEnded && one.Signal.Result is not null
        && (one.Signal.ToolCall is { } call ? !ended.Contains(call) : !HasTurns);
}
