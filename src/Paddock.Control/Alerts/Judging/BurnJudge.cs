using System.Collections.Frozen;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Error budgets that burn too fast.</summary>
internal sealed class BurnJudge(ISnapshots snapshots, FailureBoundaries boundaries) : IAlertJudge
{
    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Burn burn && snapshots.Current.Slos.FirstOrDefault(slo => slo.Name == burn.Slo) is { } slo ? JudgeAsync(rule, burn, slo, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Burn burn, Slo slo, SignalLook look, CancellationToken cancellationToken)
    {
        var found = new List<AlertFinding>();
        foreach (var window in burn.Windows)
        {
            var (inLong, inShort) = (await look.LastAsync(slo.Signal, window.Long, cancellationToken), await look.LastAsync(slo.Signal, window.Short, cancellationToken));
            foreach (var (subject, count) in inLong)
            {
                var recent = inShort.GetValueOrDefault(subject);
                var verdict = ErrorBudgetBurn.Judge(slo.Objective, window, new(count.Bad, count.Total), new(recent.Bad, recent.Total), burn.Guard);
                if (verdict.Fires && !found.Exists(other => other.Subject == subject && other.Severity >= window.Severity))
                {
                    found.Add(await FindingAsync(rule, slo, window, subject, (count, recent), verdict, look, cancellationToken));
                }
            }
        }

        return found;
    }

    private async Task<AlertFinding> FindingAsync(AlertRule rule, Slo slo, BurnWindow window, string subject, (SignalCount Long, SignalCount Short) counts, BurnVerdict verdict, SignalLook look, CancellationToken cancellationToken)
    {
        var what = slo.Of is SloSubject.Provider ? "Provider" : "Model or route";
        var says = $"{what} {subject} failed {AlertText.Of(counts.Long)} calls in the last {AlertText.Span(window.Long)} and {AlertText.Of(counts.Short)} in the last {AlertText.Span(window.Short)}: "
            + (verdict.ByCount ? "too few for a rate, and most of them failed." : $"{AlertText.Times(verdict.BurnLong)} what an objective of {AlertText.Objective(slo.Objective)} allows.");
        var boundary = await boundaries.FindAsync(slo.Signal, subject, look.Now - window.Short, cancellationToken);
        return new(rule.Name, subject, window.Severity, boundary is null ? says : $"{says} {boundary.Says}",
        [
            AlertText.Fact("failed", counts.Long.Bad), AlertText.Fact("calls", counts.Long.Total), AlertText.Fact("failedLately", counts.Short.Bad), AlertText.Fact("callsLately", counts.Short.Total),
            AlertText.Fact("burn", verdict.BurnLong), AlertText.Fact("threshold", verdict.Threshold), AlertText.Fact("objective", slo.Objective),
            .. boundary is null ? Array.Empty<KeyValuePair<string, string>>() : [new("boundary", $"{boundary.Part} {boundary.Value}")],
        ]);
    }
}
