using System.Collections.Immutable;

namespace Paddock.Core.Alerts;

/// <summary>What a look at the conditions changed.</summary>
/// <param name="Open">All alerts that are open now, new ones among them, as they are to be kept.</param>
/// <param name="Resolved">Those that ended with it.</param>
/// <param name="Tell">Of the open ones, those that somebody outside should hear of now: new, or open for long.</param>
public sealed record AlertStep(ImmutableArray<Alert> Open, ImmutableArray<Alert> Resolved, ImmutableArray<Alert> Tell)
{
    /// <summary>Of the open ones, those that somebody was told of and that a silence covers since this look: somebody has taken them on.</summary>
    public ImmutableArray<Alert> Hushed { get; init; } = [];
}

/// <summary>Makes alerts of what was found, look after look: one open alert of a rule, subject and severity, until its condition was not met for a while.
/// A page that is over may leave a ticket: what burns no more, and has burnt much.</summary>
public static class AlertBook
{
    /// <summary>An alert ends when its condition was not met for so long: what comes and goes is one alert.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    /// <summary>Of an alert that stays open somebody is told again (Alertmanager's <c>repeat_interval</c>).</summary>
    public static readonly TimeSpan Repeat = TimeSpan.FromHours(4);

    /// <param name="open">Those that were open.</param>
    /// <param name="found">Conditions that are met.</param>
    /// <param name="rules">By whose <see cref="AlertRule.Inhibits"/> others are kept quiet.</param>
    /// <param name="silences">Those that stand.</param>
    /// <param name="newId">Makes ids.</param>
    public static AlertStep Step(IReadOnlyCollection<Alert> open, IReadOnlyCollection<AlertFinding> found, IReadOnlyCollection<AlertRule> rules, IReadOnlyCollection<AlertSilence> silences, DateTimeOffset now, Func<string> newId)
    {
        var before = open.ToDictionary(static one => (one.Rule, one.Subject, one.Severity));
        var met = found.GroupBy(static one => (one.Rule, one.Subject, one.Severity)).ToDictionary(static same => same.Key, static same => same.First());
        var kept = before.Select(one => met.TryGetValue(one.Key, out var again) ? one.Value with { SeenAt = now, Says = again.Says, Facts = again.Facts } : one.Value).ToList();
        var fresh = met.Where(one => !before.ContainsKey(one.Key)).Select(one => New(one.Value, now, newId()));
        var ended = kept.Where(alert => now - alert.SeenAt >= Quiet).ToList();
        var standing = kept.Except(ended).Concat(fresh).OrderBy(static one => one.BeganAt).ThenBy(static one => one.Id, StringComparer.Ordinal)
            .Select(alert => alert with { Silence = silences.FirstOrDefault(one => one.Covers(alert))?.Id }).ToList();

        var quiet = standing.Where(static alert => alert.Silence is null).Join(rules, static alert => alert.Rule, static rule => rule.Name, static (_, rule) => rule.Inhibits).SelectMany(static names => names).ToHashSet(StringComparer.Ordinal);
        // of what is not met in this look nobody is told, nor told again: its rule may be gone, and what kept it quiet with it
        var tell = standing.Where(alert => alert.SeenAt == now && alert.Silence is null && !quiet.Contains(alert.Rule) && (alert.ToldAt is not { } told || now - told >= Repeat)).Select(alert => alert.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. standing.Select(alert => tell.Contains(alert.Id) ? alert with { ToldAt = now } : alert)],
            [.. ended.Select(alert => alert with { ResolvedAt = now })],
            [.. standing.Where(alert => tell.Contains(alert.Id))])
        {
            Hushed = [.. standing.Where(alert => alert is { Silence: not null, ToldAt: not null } && before[(alert.Rule, alert.Subject, alert.Severity)].Silence is null)],
        };
    }

    private static Alert New(AlertFinding one, DateTimeOffset now, string id) =>
        new() { Id = id, Rule = one.Rule, Subject = one.Subject, Severity = one.Severity, BeganAt = now, SeenAt = now, Says = one.Says, Facts = one.Facts };
}
