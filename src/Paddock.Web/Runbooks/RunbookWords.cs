using Paddock.Control.Runbooks;
using Paddock.Web.Kit;

namespace Paddock.Web.Runbooks;

/// <summary>What people read of runbooks and runs. A colour never says what no word does.</summary>
internal static class RunbookWords
{
    public static Tone ToneOfBadge(string badge) => badge switch { "verified" => Tone.Good, "failing" => Tone.Bad, "stale" => Tone.Warn, _ => Tone.Plain };

    public static string OfBadge(string badge) => badge switch
    {
        "verified" => "Its last drill passed, lately and as it is.",
        "failing" => "Its last drill failed: nothing of it is done unasked.",
        "stale" => "Its last drill is too old, or was one of another text of it or of another major version of Paddock: nothing of it is done unasked.",
        _ => "No drill of it was ever run: nothing of it is done unasked.",
    };

    /// <summary>What an alert that it answers does.</summary>
    public static string OfStart(RunbookView one) => one switch
    {
        { Start: "offered" } => "People begin it.",
        { Start: "auto", Badge: "verified" } => "Such an alert begins it; what is safe is done unasked.",
        _ => "Such an alert begins it; each change waits for a yes.",
    };

    /// <summary>Whether a step waits for somebody.</summary>
    public static string OfAsking(RunbookStepView step) => step switch
    {
        { Do: "confirm" } => "always: it is what it does",
        { Changes: false } => "no",
        { Safe: true } => "no, when begun unasked; otherwise yes",
        _ => "always",
    };

    public static Tone ToneOfRun(string state) => state switch { "holding" => Tone.Good, "failed" => Tone.Bad, "running" or "undoing" => Tone.Warn, _ => Tone.Plain };

    public static Tone ToneOfStep(string state) => state switch { "verified" => Tone.Good, "asking" or "waiting" or "doing" or "done" or "undoing" => Tone.Warn, _ => Tone.Plain };

    public static string OfStep(string state) => state switch
    {
        "pending" => "to come",
        "asking" or "waiting" => "waits for a yes",
        "doing" => "is being done",
        "done" => "done, not verified yet",
        "undoing" => "is taken back",
        "undone" => "taken back",
        _ => state, // verified, skipped
    };

    public static string OfMode(string mode) => mode is "auto" ? "What is safe is done unasked." : "Each change waits for a yes.";

    /// <summary>A clause as a sentence begins.</summary>
    public static string Begin(string clause) => clause.Length == 0 ? clause : char.ToUpperInvariant(clause[0]) + clause[1..];

    /// <summary>The step that somebody has to answer; null when none waits.</summary>
    public static StepRunView? Waiting(RunView run) => run.State is "running" ? run.Steps.FirstOrDefault(static step => step.State is "waiting") : null;

    public static bool IsOver(RunView run) => run.State is "ended" or "failed";

    /// <summary>Where a run stands, but for the moment.</summary>
    public static string Stands(RunView run) => run switch
    {
        { State: "running" } when Waiting(run) is { } step => $"Step {step.Id} waits for a yes: {step.Plan}.",
        { State: "running" } when run.Steps.FirstOrDefault(static step => step.State is not ("verified" or "skipped")) is { } step => $"Step {step.Id} {(step.State is "pending" ? "is next" : OfStep(step.State))}.",
        { State: "holding" } => "All steps are verified, and what they did stands.",
        { State: "undoing" } => $"What it did is taken back: {run.Reason}",
        { State: "failed" } => $"It did not work, and what it did is taken back. {run.Reason}",
        { State: "ended", Reason: { } reason } => $"Nothing of it stands: {reason}",
        _ => "Nothing of it stands.",
    };

    /// <summary>How long a drill took, in one line.</summary>
    public static string Times(DrillView drill) => string.Join(", ", new[] { ("noticed", drill.DetectedSeconds), ("mitigated", drill.MitigatedSeconds), ("recovered", drill.RecoveredSeconds) }
        .Select(static one => one.Item2 is { } seconds ? $"{one.Item1} after {FigureText.Time(seconds)}" : $"never {one.Item1}"));
}
