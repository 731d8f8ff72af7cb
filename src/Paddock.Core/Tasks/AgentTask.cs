using System.Collections.Immutable;
using Paddock.Core.Metrics;

namespace Paddock.Core.Tasks;

/// <summary>One task, as all its facts together say.</summary>
public sealed record AgentTask
{
    /// <summary>Paddock's task id.</summary>
    public required string Id { get; init; }

    public required AgentTaskState State { get; init; }

    /// <summary>Who says that it succeeded; null when it did not.</summary>
    public SuccessSource? Source { get; init; }

    /// <summary>Why it is in its state, as a lower snake case word: an error class, <c>silence</c>, <c>checks_failed</c>; null when the state says all.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The last sign of it.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The hour's tally in which it counts as ended has this moment; of work that was said to be done, when it was said. Null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When time alone changes it next; null when it does not.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From its start to the last time that the agent said it is done; null when it never did.</summary>
    public TimeSpan? Cycle { get; init; }

    /// <summary>The part of it in which it waited for people.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>It was ever said to be done.</summary>
    public bool EverClaimed { get; init; }

    public bool WasRestored { get; init; }

    public bool WasRevertedByCommand { get; init; }

    public bool WasRevertedByScm { get; init; }

    /// <summary>The agent's own id of the task that began this one; null for a top-level task.</summary>
    public string? ParentTask { get; init; }

    /// <summary>What most of its turns say; the first of equals.</summary>
    public MetricPlace Place { get; init; } = new();

    public int Turns { get; init; }

    public int ToolCalls { get; init; }

    public TodoCounts? Todos { get; init; }

    /// <summary>Of itself, without subtasks.</summary>
    public long CostNanoUsd { get; init; }

    /// <summary>The cost is what the agent says: Paddock has not seen its model calls.</summary>
    public bool IsCostReported { get; init; }

    /// <summary>Its part in the tallies, but for how it ended: by hour of the call or result, and by what that belongs to.</summary>
    public ImmutableArray<TallyShare> Shares { get; init; } = [];

    public bool WasTakenBack => WasRestored || WasRevertedByCommand || WasRevertedByScm;
}
