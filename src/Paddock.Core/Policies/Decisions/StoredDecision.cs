using System.Collections.Immutable;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Ledger;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Decisions;

/// <summary>One judged tool call as it is remembered: who, what, by which rule, on which facts, and what came of it. Holds no payload and no secret.</summary>
public sealed record StoredDecision
{
    /// <summary><c>dec_…</c>: the model call's id and a number.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The model call in whose answer it stood.</summary>
    public required CallId Call { get; init; }

    /// <summary>The provider's id of the call; null when it has none.</summary>
    public string? ToolCall { get; init; }

    /// <summary>Keyed hash of what exactly was called, by whom and in which task; null when the arguments do not mean the same to every reader.</summary>
    public string? Digest { get; init; }

    /// <summary>Principal id.</summary>
    public required string Principal { get; init; }

    /// <summary>Key id.</summary>
    public required string Key { get; init; }

    public ImmutableArray<string> Teams { get; init; } = [];

    public required string Agent { get; init; }

    /// <summary>Paddock's task id; null when nothing identifies a task.</summary>
    public string? Task { get; init; }

    public string? NativeTask { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public required string Tool { get; init; }

    public required ToolClass Class { get; init; }

    public bool Mutating { get; init; }

    public required Effect Effect { get; init; }

    public bool Soft { get; init; }

    /// <summary>As <see cref="BoundRule.Name"/>; null = the release's defaults.</summary>
    public string? Rule { get; init; }

    /// <summary>How firmly the deciding rule is bound; null for the defaults.</summary>
    public Enforcement? Enforcement { get; init; }

    /// <summary>What would have happened if every binding were enforced, and by which rule.</summary>
    public required Effect ShadowEffect { get; init; }

    public string? ShadowRule { get; init; }

    /// <summary>The strictest rule that warned.</summary>
    public string? Warning { get; init; }

    /// <summary>How many conditions could not be evaluated.</summary>
    public int Errors { get; init; }

    /// <summary>The command line could not be read as a whole.</summary>
    public bool Opaque { get; init; }

    /// <summary>Why the call could not be judged, in Paddock's own words; null when it was.</summary>
    public string? NotEvaluated { get; init; }

    public required string ReleaseDigest { get; init; }

    /// <summary>What the rules looked at; null for a call that could not be judged.</summary>
    public DecisionInputs? Inputs { get; init; }

    /// <summary>What the call does to its task once it is let go.</summary>
    public TaskStep Step { get; init; } = TaskStep.None;

    public required DecisionOutcome Outcome { get; init; }

    /// <summary>When <see cref="Outcome"/> became what it is.</summary>
    public required DateTimeOffset OutcomeAt { get; init; }

    /// <summary>What the agent said came of it; null while it has said nothing.</summary>
    public ToolResult? Result { get; init; }

    public DateTimeOffset? ResultAt { get; init; }
}

/// <summary>What an agent said came of a tool call.</summary>
/// <param name="Decision">The decision on it, when it is known; else it is looked for by task and call.</param>
/// <param name="Principal">Principal id.</param>
/// <param name="Task">Paddock's task id.</param>
/// <param name="ToolCall">The provider's id of the call.</param>
public sealed record ResultNote(string? Decision, string Principal, string? Task, string ToolCall, ToolResult Result, DateTimeOffset At)
{
    /// <summary>Commits that it made, as git printed their short hashes.</summary>
    public ImmutableArray<string> Commits { get; init; } = [];

    /// <summary>What its entry is to say of the result's content; null when no rule asks for it.</summary>
    public PayloadMark? Content { get; init; }
}
