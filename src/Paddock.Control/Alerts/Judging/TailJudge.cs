using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Agents that call a tool which changes something far more often than they do at this time of day.</summary>
internal sealed class TailJudge : IAlertJudge
{
    /// <summary>The usual is a median of seven days: before they are there nothing is usual.</summary>
    private static readonly TimeSpan least = TimeSpan.FromDays(7);

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Tail tail ? JudgeAsync(rule, tail, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private static async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Tail tail, SignalLook look, CancellationToken cancellationToken)
    {
        if (await look.KnownAsync(cancellationToken) < least)
        {
            return [];
        }

        var usual = await look.UsualAsync(Signal.Mutations, CountTail.Window, static sum => sum.Total, cancellationToken);
        return
        [
            .. from one in await look.LastAsync(Signal.Mutations, CountTail.Window, cancellationToken)
               let verdict = CountTail.Judge(one.Value.Total, usual(one.Key), tail.Bounds)
               where verdict.Fires
               select new AlertFinding(rule.Name, one.Key, rule.Severity,
                   $"{one.Key} changed something {AlertText.Count(verdict.Seen)} times in the last {AlertText.Span(CountTail.Window)}; at this time of day {AlertText.Count(verdict.Expected)} are expected.",
                   [AlertText.Fact("calls", verdict.Seen), AlertText.Fact("expected", verdict.Expected), AlertText.Fact("chance", verdict.P)]),
        ];
    }
}
