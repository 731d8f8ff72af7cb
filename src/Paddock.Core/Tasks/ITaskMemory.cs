using System.Collections.Immutable;

namespace Paddock.Core.Tasks;

/// <summary>What ledger and decisions remember of tasks, for a process that has not seen them, or not lately.</summary>
public interface ITaskMemory
{
    /// <summary>Whether other processes add to it, so that it is worth asking again.</summary>
    bool IsShared { get; }

    /// <summary>Everything that was handed in before is in it.</summary>
    Task<TaskMemory> RecallAsync(TaskScope scope, CancellationToken cancellationToken);

    /// <summary>The mode that a task last said; null when it never said one.</summary>
    /// <param name="task">Paddock's task id.</param>
    Task<string?> ModeOfAsync(string task, CancellationToken cancellationToken);

    /// <summary>Calls of a principal that were let go and still count at a moment: mutating ones of five minutes, and those that taint, of a day.</summary>
    Task<ImmutableArray<RememberedStep>> RecallAsync(string principal, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Which calls are one task.</summary>
/// <param name="Principal">Principal id.</param>
/// <param name="Task">Paddock's task id; null = the calls of this principal on this day (UTC) that no task could be told of.</param>
public readonly record struct TaskScope(string Principal, string? Task, DateOnly Day)
{
    public static TaskScope Of(string principal, string? task, DateTimeOffset now) => new(principal, task, task is null ? DateOnly.FromDateTime(now.UtcDateTime) : default);
}

/// <summary>What is remembered of a task.</summary>
public sealed record TaskMemory
{
    public long SpentNanoUsd { get; init; }

    public int Turns { get; init; }

    /// <summary>When its first model call came in; null when there was none.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>What its calls did that were let go.</summary>
    public ImmutableArray<RememberedStep> Steps { get; init; } = [];
}

/// <summary>What one call did that was let go.</summary>
/// <param name="Decision">The decision that let it go.</param>
public sealed record RememberedStep(string Decision, DateTimeOffset At, TaskStep Step);
