using System.Collections.Immutable;

namespace Paddock.Core.Tasks;

/// <summary>A task as it is kept: what its facts say, and how it stands to others.</summary>
public sealed record TaskRecord
{
    /// <summary>Without shares.</summary>
    public required AgentTask Task { get; init; }

    /// <summary>Principal id.</summary>
    public required string Principal { get; init; }

    /// <summary>The agent's own id of it.</summary>
    public string? NativeTask { get; init; }

    /// <summary>Paddock's id of the task that began it; null for a top-level one.</summary>
    public string? Parent { get; init; }

    /// <summary>Paddock's id of the top-level task it is part of; its own for a top-level one.</summary>
    public required string Root { get; init; }

    /// <summary>Cost of all tasks below it.</summary>
    public long SubtasksNanoUsd { get; init; }

    public long WholeNanoUsd => Task.CostNanoUsd + SubtasksNanoUsd;
}

/// <summary>Which tasks, those with the newest sign first. What is null is not asked for.</summary>
public sealed record TaskQuery
{
    /// <summary>Principal id.</summary>
    public string? Principal { get; init; }

    /// <summary>People who are in this team now.</summary>
    public string? Team { get; init; }

    public AgentTaskState? State { get; init; }

    public string? Agent { get; init; }

    public string? Mode { get; init; }

    public string? Model { get; init; }

    public string? Repository { get; init; }

    /// <summary>Digest of the policy release.</summary>
    public string? Release { get; init; }

    /// <summary>Below this task.</summary>
    public string? Parent { get; init; }

    /// <summary>The beginning of a task id, of an agent's own id, or of a repository; letter case counts.</summary>
    public string? Search { get; init; }

    /// <summary>Also subtasks, which otherwise are found only by <see cref="Parent"/> and <see cref="Search"/>.</summary>
    public bool WithSubtasks { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Where the next page begins: the sign and id of the last one before it.</summary>
    public (DateTimeOffset LastAt, string Id)? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A verdict as it is kept. Rows stay for ever, each with its entry in the audit log.</summary>
public sealed record TaskVerdict
{
    /// <summary><c>ver_</c> and a UUIDv7, or what a sender calls its report: the same is kept once.</summary>
    public required string Id { get; init; }

    /// <summary>Paddock's task id.</summary>
    public required string Task { get; init; }

    public required DateTimeOffset At { get; init; }

    public required VerdictKind Kind { get; init; }

    public required SuccessSource Source { get; init; }

    /// <summary>Principal id, or the name of the sender.</summary>
    public required string By { get; init; }

    public string? Reason { get; init; }

    /// <summary>As <see cref="VerdictFact.Checks"/>.</summary>
    public string Checks { get; init; } = "";

    /// <summary>Where it can be looked at: a pull request, a run.</summary>
    public string? Url { get; init; }
}

/// <summary>Tasks, folded from what is known of them within seconds.</summary>
public interface ITasks
{
    Task<TaskRecord?> FindAsync(string id, CancellationToken cancellationToken);

    Task<ImmutableArray<TaskRecord>> ListAsync(TaskQuery query, CancellationToken cancellationToken);

    Task<ImmutableArray<TaskVerdict>> VerdictsAsync(string task, CancellationToken cancellationToken);

    /// <summary>Keeps a verdict and its entry in the audit log; durable when the task completes.</summary>
    /// <returns>False when it is kept already.</returns>
    Task<bool> AddVerdictAsync(TaskVerdict verdict, Audit.AuditEvent entry, CancellationToken cancellationToken);

    /// <summary>Completes when everything that the database knows of one task is in it, and in the tallies.</summary>
    Task FoldAsync(string task, CancellationToken cancellationToken);

    /// <summary>Completes when everything that was handed in before is in tasks and tallies.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
