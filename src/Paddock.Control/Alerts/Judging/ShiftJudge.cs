using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Commands that run into their time limit more often than they used to.</summary>
internal sealed class ShiftJudge : IAlertJudge
{
    /// <summary>Of fewer commands before nobody can say what is usual.</summary>
    private const long LeastBefore = 200;

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Shift shift ? JudgeAsync(rule, shift, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private static async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Shift shift, SignalLook look, CancellationToken cancellationToken)
    {
        var found = new List<AlertFinding>();
        var seen = (await look.LastAsync(Signal.Commands, RateShift.Window, cancellationToken)).Where(one => one.Value.Bad >= shift.Bounds.AtLeast).ToList();
        if (seen.Count == 0)
        {
            return found;
        }

        var begin = look.End - RateShift.Window;
        var before = await look.SumsAsync(Signal.Commands, begin - RateShift.Baseline, begin, cancellationToken);
        foreach (var (agent, count) in seen.Where(one => before.GetValueOrDefault(one.Key).Total >= LeastBefore))
        {
            var usual = before.GetValueOrDefault(agent);
            var (now, then) = (new Ratio(count.Bad, count.Total), new Ratio(usual.Bad, usual.Total));
            if (RateShift.Judge(now, then, bounds: shift.Bounds).Fires && RateShift.Judge(now, then, await DispersionAsync(look, agent, then.Rate, cancellationToken), shift.Bounds) is { Fires: true } verdict)
            {
                found.Add(new(rule.Name, agent, rule.Severity,
                    $"Of {agent}'s commands {AlertText.Of(count)} ran into their time limit in the last {AlertText.Span(RateShift.Window)} ({AlertText.Share(verdict.Seen.Rate)}); in the 28 days before it was {AlertText.Share(verdict.BaselineRate)}.",
                    [AlertText.Fact("timedOut", count.Bad), AlertText.Fact("commands", count.Total), AlertText.Fact("usualShare", verdict.BaselineRate), AlertText.Fact("chance", verdict.P)]));
            }
        }

        return found;
    }

    /// <summary>Commands that time out come in bursts, as agents try again: by how much, on the middle day of the last four weeks.</summary>
    private static async Task<double> DispersionAsync(SignalLook look, string agent, double rate, CancellationToken cancellationToken)
    {
        var begin = new DateTimeOffset((look.Now - RateShift.Window).UtcDateTime.Date, TimeSpan.Zero) - RateShift.Baseline;
        var windows = await look.WindowsAsync(Signal.Commands, agent, RateShift.Window, begin, begin + RateShift.Baseline, cancellationToken);
        var days = windows.Chunk((int)(TimeSpan.FromDays(1) / RateShift.Window)).Where(static day => day.Any(static window => window.Total > 0));
        return Medians.Of([.. days.Select(day => Dispersion.OfRates(day.Select(static window => new Ratio(window.Bad, window.Total)), rate)).DefaultIfEmpty(1)]);
    }
}
