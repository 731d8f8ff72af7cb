using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Mitigations;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <param name="Do">Such as <c>provider.avoid</c>.</param>
/// <param name="Safe">Whether it is done unasked while the drill is verified.</param>
/// <param name="Verified">Whether something is measured after it.</param>
/// <param name="Plan">What it does, with <c>${name}</c> where a parameter stands.</param>
/// <param name="Risk">Whom it hurts.</param>
/// <param name="Verify">What must be so afterwards; null when nothing is measured.</param>
public sealed record RunbookStepView(string Id, string Do, IReadOnlyDictionary<string, string> With, bool Changes, bool Safe, bool Verified, string Plan, string Risk, string? Verify)
{
    internal static RunbookStepView Of(Runbook runbook, RunbookStep step) => new(
        step.Id, StepActions.NameOf(step.Action), new Dictionary<string, string>(step.With, StringComparer.Ordinal), StepActions.Changes(step.Action), step.Safe, step.Verify is not null,
        StepEffects.Plan(StepOrders.Of(step, runbook.Parameters.ToDictionary(static one => one.Name, static one => $"${{{one.Name}}}", StringComparer.Ordinal))), StepRisks.Of(step.Action), step.Verify?.Says);
}

/// <param name="Found">What was found.</param>
public sealed record DrillLineView(string Expectation, bool Passed, string Found);

/// <summary>What a drill came to; times in seconds from the fault.</summary>
public sealed record DrillView(string Id, string Runbook, string Digest, string Version, DateTimeOffset At, bool Passed, double? DetectedSeconds, double? MitigatedSeconds, double? RecoveredSeconds, IReadOnlyList<DrillLineView> Lines)
{
    public static DrillView Of(DrillResult one) => new(
        one.Id, one.Runbook, one.Digest, one.Version, one.At, one.Passed, one.Detected?.TotalSeconds, one.Mitigated?.TotalSeconds, one.Recovered?.TotalSeconds,
        [.. one.Lines.Select(static line => new DrillLineView(line.Expectation, line.Passed, line.Says))]);
}

/// <summary>A runbook in force.</summary>
/// <param name="Badge">verified, stale, failing, never.</param>
/// <param name="Start">offered, assisted, auto: what an alert of <paramref name="Alerts"/> does.</param>
/// <param name="HoldSeconds">How long what it did stands.</param>
/// <param name="Usual">What a parameter is when nobody says it; those without one must be said.</param>
/// <param name="NeedsIncident">Whether it tells developers something, which belongs to an incident.</param>
/// <param name="DrillMaxAgeSeconds">An older drill says nothing any more.</param>
public sealed record RunbookView(
    string Name, string Owner, string Digest, string Badge, string Start, IReadOnlyList<string> Alerts, IReadOnlyDictionary<string, string> Guide, IReadOnlyList<string> Parameters, IReadOnlyList<RunbookStepView> Steps, double HoldSeconds, DrillView? LastDrill,
    IReadOnlyDictionary<string, string> Usual, bool NeedsIncident, double DrillMaxAgeSeconds)
{
    internal static RunbookView Of(Runbook one, RunbookBadge badge, DrillResult? last) => new(
        one.Name, one.Owner, one.Digest, RunbookBadges.NameOf(badge), one.Start.ToString().ToLowerInvariant(), one.Alerts, Words(one.Guide), [.. one.Parameters.Select(static parameter => parameter.Name)],
        [.. one.Steps.Select(step => RunbookStepView.Of(one, step))], one.Hold.TotalSeconds, last is null ? null : DrillView.Of(last),
        one.Parameters.Where(static parameter => parameter.Usual is not null).ToDictionary(static parameter => parameter.Name, static parameter => parameter.Usual!, StringComparer.Ordinal), // those without were passed over
        one.Steps.Any(static step => step.Action is StepAction.PeopleTell), one.Drill.MaxAge.TotalSeconds);

    private static Dictionary<string, string> Words(RunbookGuide guide) => new(StringComparer.Ordinal)
    {
        ["trigger"] = guide.Trigger,
        ["hypothesis"] = guide.Hypothesis,
        ["immediate"] = guide.Immediate,
        ["control"] = guide.Control,
        ["verification"] = guide.Verification,
        ["rollback"] = guide.Rollback,
        ["communication"] = guide.Communication,
        ["learning"] = guide.Learning,
    };
}

public sealed record RunbookList(IReadOnlyList<RunbookView> Runbooks);

/// <param name="State">pending, asking, waiting, doing, done, verified, skipped, undoing, undone.</param>
/// <param name="Says">What was last said of it.</param>
/// <param name="Risk">Whom it hurts.</param>
/// <param name="Verify">What must be so afterwards; null when nothing is measured.</param>
public sealed record StepRunView(
    string Id, string Do, string Plan, string State, string Says, DateTimeOffset? DoneAt, DateTimeOffset? NextAt, string? Before, string? After, string? AnsweredBy, bool Changes, bool Safe, string Risk, string? Verify)
{
    internal static StepRunView Of(Run run, int at, IdentityDirectory directory)
    {
        var (step, written) = (run.Steps[at], run.Runbook.Steps[at]);
        return new(
            step.Id, StepActions.NameOf(written.Action), StepEffects.Plan(StepOrders.Of(written, run.Parameters)), step.State.ToString().ToLowerInvariant(), step.Says, step.DoneAt, step.NextAt, step.Before, step.After,
            step.AnsweredBy is { } by ? ContainmentNames.UserOf(by, directory) : null, StepActions.Changes(written.Action), written.Safe, StepRisks.Of(written.Action),
            written.Verify is { } check ? (check with { Of = check.Of is null ? null : StepOrders.Fill(check.Of, run.Parameters) }).Says : null);
    }
}

/// <summary>A run.</summary>
/// <param name="State">running, holding, undoing, ended, failed.</param>
/// <param name="Reason">Why it is undone.</param>
/// <param name="HoldSeconds">How long what it did stands once all steps are verified.</param>
public sealed record RunView(
    string Id, string Runbook, string Digest, string Mode, string State, string? Alert, string? Incident, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? MitigatedAt, DateTimeOffset? HoldUntil, DateTimeOffset? EndedAt, string? Reason,
    IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<StepRunView> Steps, double HoldSeconds)
{
    internal static RunView Of(Run run, IdentityDirectory directory) => new(
        run.Id, run.Runbook.Name, run.Runbook.Digest, run.Mode.ToString().ToLowerInvariant(), run.State.ToString().ToLowerInvariant(), run.Alert, run.Incident, ContainmentNames.UserOf(run.StartedBy, directory), run.StartedAt, run.MitigatedAt,
        run.HoldUntil, run.EndedAt, run.Reason, run.Parameters,
        [.. run.Steps.Select((_, at) => StepRunView.Of(run, at, directory))], run.Runbook.Hold.TotalSeconds);
}

/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record RunList(IReadOnlyList<RunView> Runs, string? Next);

/// <param name="Asks">Whether it waits for a yes before it is done.</param>
/// <param name="Fault">Why it would not work as things are.</param>
/// <param name="Risk">Whom it hurts.</param>
public sealed record PlannedStep(string Id, string Do, string Plan, bool Asks, string? Fault, string Risk);

/// <summary>What a run would do now; nothing is done.</summary>
/// <param name="Mode">assisted, auto.</param>
public sealed record RunPlan(string Runbook, string Badge, string Mode, IReadOnlyList<PlannedStep> Steps);

/// <summary>A mitigation as operators see it.</summary>
public sealed record MitigationView(string Id, string Measure, string Says, string Reason, string Run, string Step, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    internal static MitigationView Of(Mitigation one) => new(one.Id, MeasureNames.Of(one.Measure), one.Measure.Says, one.Reason, one.Run, one.Step, one.CreatedAt, one.ExpiresAt);
}

/// <param name="Mitigations">Those in force.</param>
public sealed record MitigationList(IReadOnlyList<MitigationView> Mitigations);
