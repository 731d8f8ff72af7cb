using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;

namespace Paddock.Control.Alerts.Judging;

/// <summary>Agents that change something by a tool that they never used for that, as far as is known: five weeks. Not before seven days are known.</summary>
internal sealed class NoveltyJudge : IAlertJudge
{
    /// <summary>Found at once; agents name their tools, and may make many names.</summary>
    private const int Most = 100;

    private static readonly TimeSpan least = TimeSpan.FromDays(7), back = TimeSpan.FromDays(35);

    private readonly Dictionary<TimeSpan, (DateTimeOffset At, HashSet<string> Subjects)> before = [];

    public Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, SignalLook look, CancellationToken cancellationToken) =>
        rule.Condition is AlertCondition.Novelty novelty ? JudgeAsync(rule, novelty.Within, look, cancellationToken) : Task.FromResult<IReadOnlyList<AlertFinding>>([]);

    private async Task<IReadOnlyList<AlertFinding>> JudgeAsync(AlertRule rule, TimeSpan within, SignalLook look, CancellationToken cancellationToken)
    {
        if (await look.KnownAsync(Signal.MutationClasses, cancellationToken) < least)
        {
            return [];
        }

        var recent = await look.LastAsync(Signal.MutationClasses, within, cancellationToken);
        var known = before.GetValueOrDefault(within);
        if (recent.Keys.Any(subject => known.Subjects?.Contains(subject) is not true))
        {
            known = await ReadAsync(within, look, cancellationToken);
        }

        return [.. recent.Where(one => !known.Subjects.Contains(one.Key)).OrderBy(static one => one.Key, StringComparer.Ordinal).Take(Most).Select(one => FindingOf(rule, one.Key, one.Value.Total, within))];
    }

    /// <summary>What was used before. It reads five weeks, so at most once in five minutes, and only when something looks new.</summary>
    private async Task<(DateTimeOffset At, HashSet<string> Subjects)> ReadAsync(TimeSpan within, SignalLook look, CancellationToken cancellationToken)
    {
        var at = SeasonalReference.BucketOf(look.Now);
        if (before.TryGetValue(within, out var known) && known.At == at)
        {
            return known;
        }

        var sums = await look.SumsAsync(Signal.MutationClasses, at - back, SeasonalReference.BucketOf(look.End - within), cancellationToken);
        return before[within] = (at, sums.Keys.ToHashSet(StringComparer.Ordinal));
    }

    private static AlertFinding FindingOf(AlertRule rule, string subject, long calls, TimeSpan within)
    {
        var (agent, tool, use) = (subject[..subject.IndexOf('/', StringComparison.Ordinal)], subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..subject.LastIndexOf('/')], subject[(subject.LastIndexOf('/') + 1)..]);
        return new(rule.Name, subject, rule.Severity,
            $"{agent} changed something by {tool} ({use}) {(calls == 1 ? "once" : $"{AlertText.Count(calls)} times")} in the last {AlertText.Span(within)}, and never in the five weeks before, as far as they are known.",
            [AlertText.Fact("calls", calls), new("agent", agent), new("tool", tool), new("class", use)]);
    }
}
