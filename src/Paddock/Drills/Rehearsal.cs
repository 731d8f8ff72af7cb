using System.Globalization;
using Paddock.Control;
using Paddock.Control.Alerts;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Alerts;
using Paddock.Core.Incidents;
using Paddock.Core.Ledger;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Drills;

/// <summary>
/// One drill in its twin: a quiet quarter of an hour, a change, the fault; then the clock goes on until the alert, the incident and the run
/// have come and what they did was looked at; the fault ends, and the run's time runs out.
/// </summary>
internal sealed class Rehearsal(Twin twin, Runbook runbook, Action<string> tell)
{
    private static readonly TimeSpan tick = TimeSpan.FromSeconds(10), slowly = TimeSpan.FromMinutes(1), quiet = TimeSpan.FromMinutes(12);

    private readonly TwinFaults faults = new(twin, runbook.Drill.Faults);
    private readonly DrillClock clock = new();
    private (int Good, int Counted) answers;

    public DrillClock Times => clock;

    public async Task<IReadOnlyList<DrillLine>> RunAsync(CancellationToken cancellationToken)
    {
        await faults.RememberAsync(cancellationToken);
        await QuietAsync(cancellationToken);
        await twin.ChangeAsync(cancellationToken);
        clock.FaultAt = twin.Time.GetUtcNow();
        await faults.BeginAsync(cancellationToken);
        tell($"{string.Join(", ", runbook.Drill.Faults)} at {clock.FaultAt:HH:mm:ss}");
        var run = await UntilAsync(runbook.Drill.Until, static run => run is { State: not RunState.Running }, cancellationToken);
        var sights = new TwinSights(twin, faults);
        var seen = await SeeAsync(sights, run, cancellationToken);
        await faults.EndAsync(cancellationToken);
        tell($"The fault ended at {twin.Time.GetUtcNow():HH:mm:ss}.");
        run = await UndoneAsync(run, cancellationToken);
        var back = await SeeAsync(sights, run, cancellationToken);
        return await new DrillJudge(twin, runbook, clock).JudgeAsync(run, seen, back, answers, cancellationToken);
    }

    private async Task QuietAsync(CancellationToken cancellationToken)
    {
        for (var end = twin.Time.GetUtcNow() + quiet; twin.Time.GetUtcNow() < end;)
        {
            (twin.First.Room, twin.Second.Room) = (int.MaxValue, int.MaxValue);
            await WorkAsync(runbook.Drill.CallsPerTick * 6, isMeasured: false, cancellationToken);
            twin.Time.Advance(slowly);
        }

        await twin.PumpAsync(LookAsync(cancellationToken));
    }

    /// <summary>Goes on until the run is where it is wanted, or the time is over.</summary>
    private async Task<Run?> UntilAsync(TimeSpan longest, Func<Run, bool> isThere, CancellationToken cancellationToken)
    {
        Run? run = null;
        for (var end = clock.FaultAt + longest; twin.Time.GetUtcNow() < end && (run is null || !isThere(run));)
        {
            await faults.TickAsync(cancellationToken);
            await WorkAsync(runbook.Drill.CallsPerTick, isMeasured: false, cancellationToken);
            twin.Time.Advance(tick);
            await twin.PumpAsync(LookAsync(cancellationToken));
            run = await RespondAsync(run, cancellationToken);
        }

        if (run?.State is RunState.Holding)
        {
            clock.MitigatedAt = run.MitigatedAt;
            tell($"All steps are verified at {clock.MitigatedAt:HH:mm:ss}.");
            await MeasureAsync(cancellationToken);
        }

        return run;
    }

    /// <summary>The fault still lasts: what is let through must be answered.</summary>
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        for (var count = 0; count < 6; count++)
        {
            await faults.TickAsync(cancellationToken);
            await WorkAsync(Math.Max(1, runbook.Drill.CallsPerTick), isMeasured: true, cancellationToken);
            twin.Time.Advance(tick);
        }
    }

    private async Task<Run?> UndoneAsync(Run? run, CancellationToken cancellationToken)
    {
        if (run is null)
        {
            return null;
        }

        for (var end = twin.Time.GetUtcNow() + runbook.Hold + TimeSpan.FromMinutes(10); twin.Time.GetUtcNow() < end && !run.IsOver;)
        {
            twin.Time.Advance(slowly);
            await twin.PumpAsync(twin.Get<CarryOutRuns>().LookAsync(cancellationToken));
            run = await twin.PumpAsync(twin.Get<IRuns>().FindAsync(run.Id, cancellationToken)) ?? run;
        }

        clock.RecoveredAt = run.EndedAt;
        tell($"The run is {run.State.ToString().ToLowerInvariant()} at {twin.Time.GetUtcNow():HH:mm:ss}.");
        return run;
    }

    private async Task WorkAsync(int calls, bool isMeasured, CancellationToken cancellationToken)
    {
        for (var count = 0; count < calls; count++)
        {
            var answer = await twin.CallAsync(Twin.Developer, 40, null, cancellationToken);
            if (isMeasured && !answer.IsShed)
            {
                answers = (answers.Good + (answer.IsGood ? 1 : 0), answers.Counted + 1);
            }
        }
    }

    /// <summary>One look of everything that looks by itself in an installation that is served.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await twin.Get<ILedger>().FlushAsync(cancellationToken);
        await twin.Get<IDecisions>().FlushAsync(cancellationToken);
        var watch = twin.Get<WatchAlerts>();
        if (await watch.LookAsync(cancellationToken))
        {
            await twin.Get<WatchIncidents>().LookAsync(watch.Open, cancellationToken);
        }

        await twin.Get<AnswerAlerts>().LookAsync(cancellationToken);
        await twin.Get<CarryOutRuns>().LookAsync(cancellationToken);
    }

    /// <summary>What whoever is on call does: opens an incident for what called nobody, begins what is only offered, answers what is asked.</summary>
    private async Task<Run?> RespondAsync(Run? run, CancellationToken cancellationToken)
    {
        if (await AlertAsync(cancellationToken) is { } alert && clock.AlertAt is null)
        {
            clock.AlertAt = twin.Time.GetUtcNow();
            tell($"Alert {alert.Rule} at {clock.AlertAt:HH:mm:ss}: {alert.Says}");
        }

        if (await new Responder(twin, runbook, clock).RespondAsync(run, cancellationToken) is { } begun && run is null)
        {
            tell($"Run {begun.Id} began at {twin.Time.GetUtcNow():HH:mm:ss} in incident {begun.Incident}.");
            return begun;
        }

        return run is null ? null : await twin.PumpAsync(twin.Get<IRuns>().FindAsync(run.Id, cancellationToken));
    }

    private async Task<Alert?> AlertAsync(CancellationToken cancellationToken) =>
        (await twin.PumpAsync(twin.Get<IAlerts>().ListAsync(new() { Open = true }, cancellationToken))).FirstOrDefault(alert => runbook.Alerts.Contains(alert.Rule) && (alert.Severity is AlertSeverity.Page || !Pages(alert.Rule)));

    /// <summary>A rule that pages is waited for until it does.</summary>
    private bool Pages(string name) => twin.Get<ISnapshots>().Current.AlertRules.FirstOrDefault(rule => rule.Name == name) is { } rule
        && (rule.Severity is AlertSeverity.Page || (rule.Condition is AlertCondition.Burn burn && burn.Windows.Any(static window => window.Severity is AlertSeverity.Page)));

    private async Task<HashSet<DrillSight>> SeeAsync(TwinSights sights, Run? run, CancellationToken cancellationToken)
    {
        var seen = new HashSet<DrillSight>();
        foreach (var sight in runbook.Drill.Expect.Seen)
        {
            if (run is not null && await sights.SeesAsync(sight, run, cancellationToken))
            {
                seen.Add(sight);
            }
        }

        return seen;
    }
}

/// <summary>When things happened in a twin, by its clock.</summary>
internal sealed class DrillClock
{
    public DateTimeOffset FaultAt { get; set; }

    public DateTimeOffset? AlertAt { get; set; }

    public DateTimeOffset? IncidentAt { get; set; }

    public DateTimeOffset? MitigatedAt { get; set; }

    public DateTimeOffset? RecoveredAt { get; set; }

    public TimeSpan? Since(DateTimeOffset? at) => at - FaultAt;

    public static string Show(TimeSpan? span) => span is { } one ? string.Create(CultureInfo.InvariantCulture, $"{one.TotalMinutes:0.0} min") : "never";
}
