using System.Collections.Immutable;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;

namespace Paddock.Core.Tasks;

/// <summary>
/// One thing that is known of a task. What a task is follows from the set of its facts alone: not from the order in which they came,
/// and not from how often one came.
/// </summary>
/// <param name="Id">The same fact has the same id.</param>
/// <param name="At">When it happened.</param>
public abstract record TaskFact(string Id, DateTimeOffset At);

/// <summary>A model call, from the ledger.</summary>
public sealed record TurnFact(string Id, DateTimeOffset At) : TaskFact(Id, At)
{
    /// <summary>Team names as they were, sorted.</summary>
    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>The agent's own id of the task that began this one.</summary>
    public string? ParentTask { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    /// <summary>Digest of the policy release.</summary>
    public string Release { get; init; } = "";

    public string? Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>The request offered tools. Agents make titles and summaries with calls that offer none: those are no work, and claim nothing.</summary>
    public bool OffersTools { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public CallOutcome? Outcome { get; init; }

    /// <summary>As <see cref="CallClosing.ErrorClass"/>.</summary>
    public string? ErrorClass { get; init; }

    /// <summary>The wire's own finish or stop reason.</summary>
    public string? Finish { get; init; }

    public long CostNanoUsd { get; init; }

    /// <summary>It used tokens, and no price is known for them.</summary>
    public bool IsUnpriced { get; init; }

    /// <summary>Of all kinds, cached ones too.</summary>
    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }
}

/// <summary>A tool call in a model's answer, what was decided on it and what came of it.</summary>
public sealed record ToolFact(string Id, DateTimeOffset At) : TaskFact(Id, At)
{
    /// <summary>Id of the model call in whose answer it stood.</summary>
    public required string Turn { get; init; }

    /// <summary>The provider's id of the call.</summary>
    public string? ToolCall { get; init; }

    public required string Tool { get; init; }

    public ToolClass Class { get; init; }

    public DecisionOutcome Outcome { get; init; }

    public DateTimeOffset OutcomeAt { get; init; }

    /// <summary>Somebody's yes was needed.</summary>
    public bool AsksApproval { get; init; }

    public TaskStep Step { get; init; } = TaskStep.None;

    public ToolResult? Result { get; init; }

    public DateTimeOffset? ResultAt { get; init; }
}

/// <summary>An event of the agent's own client, read.</summary>
/// <param name="IsUntimed">It waited in the client's queue, nobody knows for how long: it counts, and moves nothing.</param>
public sealed record EventFact(string Id, DateTimeOffset At, TaskSignal Signal, bool IsUntimed) : TaskFact(Id, At)
{
    public string? ParentTask { get; init; }

    public string? Mode { get; init; }
}

/// <summary>What somebody or something else than the agent says of the work.</summary>
public enum VerdictKind
{
    Accepted,
    Rejected,
    ChecksPassed,
    ChecksFailed,
    Merged,
    Reverted,
}

/// <summary>A verdict on a task.</summary>
public sealed record VerdictFact(string Id, DateTimeOffset At, VerdictKind Kind, SuccessSource Source) : TaskFact(Id, At)
{
    /// <summary>Which checks: a change may have several, and has passed when none of them fails. Empty = the only ones.</summary>
    public string Checks { get; init; } = "";
}
