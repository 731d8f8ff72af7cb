using System.Globalization;
using Paddock.Core.Alerts;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Gauges that stand beyond a limit. Since when is remembered by this process alone: after a restart the time runs anew, but not for an alert that is open.</summary>
internal sealed class ThresholdJudge(GaugeReadings readings) : IAlertJudge
{
    /// <summary>Where nobody has looked for so long, nobody knows whether it was without a break.</summary>
    private static readonly TimeSpan blink = TimeSpan.FromMinutes(2);

    private readonly Dictionary<(string Rule, AlertCondition.Threshold, string Subject), Run> runs = [];

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Threshold threshold ? JudgeAsync(rule, threshold, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, AlertCondition.Threshold threshold, SignalLook look, CancellationToken cancellationToken)
    {
        var found = new List<AlertFinding>();
        foreach (var value in await readings.ReadAsync(threshold.Gauge, look.Now, cancellationToken))
        {
            var key = (rule.Name, threshold, value.Subject);
            if (!threshold.IsMetBy(value.Value))
            {
                runs.Remove(key);
                continue;
            }

            var run = runs.TryGetValue(key, out var before) && look.Now - before.SeenAt < blink ? before with { SeenAt = look.Now } : new(look.Now, look.Now);
            runs[key] = run;
            if (look.Now - run.Since >= threshold.For || look.Open.Any(alert => alert.Rule == rule.Name && alert.Subject == value.Subject && alert.Severity == rule.Severity))
            {
                found.Add(FindingOf(rule, threshold, value, run.Since));
            }
        }

        Tidy(look.Now);
        return found;
    }

    /// <summary>Of rules and subjects that are no more.</summary>
    private void Tidy(DateTimeOffset now)
    {
        foreach (var key in runs.Where(one => now - one.Value.SeenAt >= blink).Select(static one => one.Key).ToList())
        {
            runs.Remove(key);
        }
    }

    private static AlertFinding FindingOf(AlertRule rule, AlertCondition.Threshold threshold, GaugeValue value, DateTimeOffset since)
    {
        var (gauge, about) = (threshold.Gauge, value.Subject.Length == 0 ? "" : $" ({value.Subject})");
        var shown = AlertText.Beyond(value.Value, threshold.IsMetBy);
        var says = gauge.Unit is { } unit
            ? $"{gauge.Says}{about}: {shown} {AlertText.Unit(unit, shown)}, {(threshold.Above is null ? "below" : "above")} {AlertText.Limit(threshold.Limit)} since {since.UtcDateTime:HH:mm} UTC."
            : $"{gauge.Says}{about}, since {since.UtcDateTime:HH:mm} UTC.";
        return new(rule.Name, value.Subject, rule.Severity, value.Detail is null ? says : $"{says} {value.Detail}",
        [
            new("gauge", gauge.Name), AlertText.Fact("value", value.Value), AlertText.Fact("threshold", threshold.Limit), new("since", since.ToString("O", CultureInfo.InvariantCulture)),
        ]);
    }

    private readonly record struct Run(DateTimeOffset Since, DateTimeOffset SeenAt);
}
