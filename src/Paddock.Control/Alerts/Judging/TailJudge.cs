using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Agents that call a tool which changes something far more often than they do at this time of day.</summary>
internal sealed class TailJudge : IAlertJudge
{
    /// <summary>The usual is a median of seven days, and of the same day of four weeks once they are there; before, nothing is usual.</summary>
    private static readonly TimeSpan least = TimeSpan.FromDays(7), whole = TimeSpan.FromDays(28);

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Tail tail ? JudgeAsync(rule, tail, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private static async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Tail tail, SignalLook look, CancellationToken cancellationToken)
    {
        var known = await look.KnownAsync(cancellationToken);
        if (known < least)
        {
            return [];
        }

        var days = known < whole ? SignalLook.Week : SignalLook.Weeks;
        var usual = await look.UsualAsync(Signal.Mutations, CountTail.Window, days, static sum => sum.Total, cancellationToken);
        var found = new List<AlertFinding>();
        foreach (var (subject, count) in (await look.LastAsync(Signal.Mutations, CountTail.Window, cancellationToken)).Where(one => CountTail.Judge(one.Value.Total, usual(one.Key), bounds: tail.Bounds).Fires))
        {
            var hours = await look.HoursAsync(Signal.Mutations, subject, CountTail.Window, days, cancellationToken);
            var dispersion = Medians.Of([.. hours.Select(static hour => Dispersion.OfCounts([[.. hour.Select(static window => window.Total)]]))]);
            if (CountTail.Judge(count.Total, usual(subject), dispersion, tail.Bounds) is { Fires: true } verdict)
            {
                found.Add(new(rule.Name, subject, rule.Severity,
                    $"{subject} changed something {AlertText.Count(verdict.Seen)} times in the last {AlertText.Span(CountTail.Window)}; at this time of day {AlertText.Count(verdict.Expected)} are expected.",
                    [AlertText.Fact("calls", verdict.Seen), AlertText.Fact("expected", verdict.Expected), AlertText.Fact("chance", verdict.P)]));
            }
        }

        return found;
    }
}
