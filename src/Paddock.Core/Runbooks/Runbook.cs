using System.Collections.Immutable;

namespace Paddock.Core.Runbooks;

/// <summary>What is done when something goes wrong, as its <c>Runbook</c> document says: steps of a closed set, each of which can be verified, and a drill that shows that they work.</summary>
public sealed record Runbook
{
    public required string Name { get; init; }

    /// <summary>Whom to ask: a team, a person, a mailbox.</summary>
    public required string Owner { get; init; }

    public required RunbookGuide Guide { get; init; }

    /// <summary>Names of the alert rules it answers.</summary>
    public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>Whether such an alert starts it.</summary>
    public RunbookStart Start { get; init; }

    public ImmutableArray<RunbookParameter> Parameters { get; init; } = [];

    public required ImmutableArray<RunbookStep> Steps { get; init; }

    /// <summary>How long what it did holds once all steps are verified; then it is undone.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromHours(1);

    public required Drill Drill { get; init; }

    /// <summary>The document in one spelling, itself a document: a run keeps it, whatever release comes.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of <see cref="Source"/>, 64 hexadecimal digits.</summary>
    public required string Digest { get; init; }
}

/// <summary>What people read of it: in the order of the mission's playbooks.</summary>
public sealed record RunbookGuide(string Trigger, string Hypothesis, string Immediate, string Control, string Verification, string Rollback, string Communication, string Learning);

/// <summary>What an alert that it answers does.</summary>
public enum RunbookStart
{
    /// <summary>People are shown that there is this runbook.</summary>
    Offered,

    /// <summary>It begins, and waits for a yes before each step that changes something.</summary>
    Assisted,

    /// <summary>It begins, and does what is safe by itself while its drill is verified; otherwise as <see cref="Assisted"/>.</summary>
    Auto,
}

/// <summary>A word that steps use as <c>${name}</c>.</summary>
/// <param name="From">Where it comes from when an alert starts the run: <c>subject</c>, or the part of it before (<c>subject.first</c>) or behind (<c>subject.rest</c>) its first slash; null = somebody says it.</param>
/// <param name="Usual">What it is when nobody says it; null = it must be said.</param>
public sealed record RunbookParameter(string Name, string? From, string? Usual);

/// <summary>One step.</summary>
/// <param name="With">The action's arguments, by name, as written.</param>
/// <param name="Safe">Whether it may be done without a yes while the drill is verified.</param>
/// <param name="Verify">What must be so once it is done; null = that it is in force.</param>
public sealed record RunbookStep(string Id, StepAction Action, ImmutableArray<KeyValuePair<string, string>> With, bool Safe, Check? Verify)
{
    /// <summary>An argument as written; null when it is not there.</summary>
    public string? Argument(string name) => With.FirstOrDefault(one => one.Key == name).Value;
}
