namespace Paddock.Core.Tasks;

/// <summary>What can move a task. Of moments at the same time the ones further down come later: an answer before the claim that follows from it.</summary>
internal enum MomentKind
{
    Seen,
    Started,
    Began,
    Asked,
    Answered,
    Held,
    Settled,
    Result,
    Worked,
    Stuck,
    Reopened,
    Fault,
    Restored,
    RevertedByCommand,
    Claimed,
    Objected,
    Cancelled,
    Verdict,
}

/// <summary>One fact's effect on the state of its task, at one moment.</summary>
/// <param name="Key">Of the fact: settles the order of moments that are otherwise equal.</param>
internal sealed record TaskMoment(DateTimeOffset At, MomentKind Kind, string Key)
{
    /// <summary>An error class, or why.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a fault: how it ends the task when nothing follows.</summary>
    public AgentTaskState Leads { get; init; } = AgentTaskState.Failed;

    /// <summary>Of a result: it failed; of a revert: of the whole work; of a model call: when nothing follows, its answer was the last.</summary>
    public bool Flag { get; init; }

    public VerdictFact? Verdict { get; init; }

    public static int InOrder(TaskMoment one, TaskMoment other)
    {
        var byTime = one.At.CompareTo(other.At);
        var byKind = byTime != 0 ? byTime : one.Kind.CompareTo(other.Kind);
        return byKind != 0 ? byKind : string.CompareOrdinal(one.Key, other.Key);
    }
}
