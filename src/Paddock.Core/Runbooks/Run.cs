using System.Collections.Immutable;
using Paddock.Core.Mitigations;

namespace Paddock.Core.Runbooks;

/// <summary>A runbook while it is carried out, and after.</summary>
public sealed record Run
{
    /// <summary><c>run_</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>As it was when the run began.</summary>
    public required Runbook Runbook { get; init; }

    public required RunMode Mode { get; init; }

    public RunState State { get; init; }

    public required ImmutableDictionary<string, string> Parameters { get; init; }

    /// <summary>Id of the alert that it answers; null = somebody began it.</summary>
    public string? Alert { get; init; }

    /// <summary>Id of the incident that it belongs to.</summary>
    public string? Incident { get; init; }

    /// <summary>Principal id, or <c>system:…</c>.</summary>
    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>While it holds: when it undoes itself.</summary>
    public DateTimeOffset? HoldUntil { get; init; }

    /// <summary>When all steps were verified.</summary>
    public DateTimeOffset? MitigatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it is undone; null = it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is undone because a step did not work.</summary>
    public bool IsBroken { get; init; }

    public required ImmutableArray<StepRun> Steps { get; init; }

    /// <summary>Counts changes: whoever changes a run has seen the last one.</summary>
    public int Revision { get; init; }

    /// <summary>What a step makes ends by itself after so long, should nobody be there to undo it: the hold begins only when all steps are verified, which may take some hours where people are asked.</summary>
    public TimeSpan EffectsLast => TimeSpan.FromTicks(Math.Min((Runbook.Hold + TimeSpan.FromHours(5)).Ticks, Mitigation.LongestDuration.Ticks));

    public bool IsOver => State is RunState.Ended or RunState.Failed;

    public static Run Begin(string id, Runbook runbook, RunMode mode, ImmutableDictionary<string, string> parameters, string by, DateTimeOffset now) => new()
    {
        Id = id,
        Runbook = runbook,
        Mode = mode,
        Parameters = parameters,
        StartedBy = by,
        StartedAt = now,
        Steps = [.. runbook.Steps.Select(static step => new StepRun { Id = step.Id })],
    };
}

/// <summary>How freely a run goes on.</summary>
public enum RunMode
{
    /// <summary>Each step that changes something waits for a yes.</summary>
    Assisted,

    /// <summary>Steps that are safe are done at once; only while the drill is verified.</summary>
    Auto,
}

/// <summary>How far a run is.</summary>
public enum RunState
{
    Running,

    /// <summary>All steps are verified; what they did stands for a while.</summary>
    Holding,

    /// <summary>What was done is taken back, the last first.</summary>
    Undoing,

    /// <summary>Everything that was done is taken back, or there was nothing to take back.</summary>
    Ended,

    /// <summary>A step did not work; what was done is taken back, and people are told.</summary>
    Failed,
}

/// <summary>A step of a run.</summary>
public sealed record StepRun
{
    public required string Id { get; init; }

    public StepState State { get; init; }

    /// <summary>When it was written down that it is about to be done.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When it is looked at next, or how long an answer is waited for.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Looks in a row that did not find what must be so, or tries in a row that broke.</summary>
    public int Fails { get; init; }

    /// <summary>Looks that could say nothing.</summary>
    public int Unknown { get; init; }

    /// <summary>Digest of what it changes, before and after; null = it changes nothing.</summary>
    public string? Before { get; init; }

    /// <inheritdoc cref="Before"/>
    public string? After { get; init; }

    /// <summary>What was last said of it; lists have a line for each item.</summary>
    public string Says { get; init; } = "";

    /// <summary>Who said yes or no; null = nobody was asked, or has answered.</summary>
    public string? AnsweredBy { get; init; }
}

/// <summary>How far a step is. <see cref="Asking"/>, <see cref="Doing"/> and <see cref="Undoing"/> are written before anything is done: after a crash it is looked first whether it was.</summary>
public enum StepState
{
    Pending,
    Asking,
    Waiting,
    Doing,
    Done,
    Verified,
    Skipped,
    Undoing,
    Undone,
}
