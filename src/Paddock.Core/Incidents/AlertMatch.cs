using Paddock.Core.Alerts;

namespace Paddock.Core.Incidents;

/// <summary>Which incident an alert belongs to. The same look again comes to the same, so that what a process did not finish the next one does.</summary>
public abstract record AlertMatch
{
    private AlertMatch()
    {
    }

    /// <summary>What a rule says that its pages open: none, or an incident so grave.</summary>
    internal static readonly string[] Words = ["none", "sev1", "sev2", "sev3", "sev4"];

    /// <summary>It stands in one already.</summary>
    public sealed record Known : AlertMatch;

    /// <summary>The same is wrong as in an incident that is open.</summary>
    public sealed record Joins(Incident Incident) : AlertMatch;

    /// <summary>It was over for a moment only, or was mitigated and hurts again.</summary>
    public sealed record Reopens(Incident Incident) : AlertMatch;

    public sealed record Opens : AlertMatch;

    /// <summary>Whether somebody was called because of it.</summary>
    public static bool Calls(Alert alert) => alert is { Severity: AlertSeverity.Page, ToldAt: not null, ResolvedAt: null };

    /// <summary>How grave the incident is that an alert opens; null = it opens none. That an incident is late opens no other, whatever the rule says.</summary>
    /// <param name="rule">Of the alert; null when the release in force has it no more: the usual then.</param>
    public static IncidentSeverity? SeverityOf(AlertRule? rule) => rule switch
    {
        null => IncidentSeverity.Sev2,
        { Condition: AlertCondition.Threshold { Gauge: var gauge } } when gauge == Gauge.IncidentsOverdue => null,
        _ => rule.Incident,
    };

    /// <param name="incidents">Those that are open, and those that ended within <see cref="IncidentTimes.Reopen"/>.</param>
    public static AlertMatch Of(Alert alert, IReadOnlyCollection<Incident> incidents, DateTimeOffset now)
    {
        var same = incidents.Where(one => one.Alerts.Contains(alert.Id) || (one.Rule == alert.Rule && one.Subjects.Contains(alert.Subject))).OrderByDescending(static one => one.BeganAt).ToList();
        return same switch
        {
            _ when same.Any(one => one.Alerts.Contains(alert.Id)) => new Known(), // also when somebody has resolved it while its alert goes on: they know better
            _ when same.FirstOrDefault(static one => one.IsOpen) is { } open => open.IsHurting ? new Joins(open) : new Reopens(open),
            _ when same.FirstOrDefault(one => one.ResolvedAt is { } ended && now - ended < IncidentTimes.Reopen) is { } ended => new Reopens(ended),
            _ => new Opens(),
        };
    }
}
