using Paddock.Core.Alerts;

namespace Paddock.Core.Incidents;

/// <summary>Which incident an alert belongs to. The same look again comes to the same, so that what a process did not finish the next one does.</summary>
public abstract record AlertMatch
{
    private AlertMatch()
    {
    }

    /// <summary>The rule of the alerts that say that an incident's time is over: they belong to it, and open no other.</summary>
    public const string OverdueRule = "incident-overdue";

    /// <summary>What a rule says that its pages open: none, or an incident so grave.</summary>
    internal static readonly string[] Words = ["none", "sev1", "sev2", "sev3", "sev4"];

    /// <summary>It stands in one already.</summary>
    public sealed record Known : AlertMatch;

    /// <summary>The same is wrong as in an incident that is open.</summary>
    public sealed record Joins(Incident Incident) : AlertMatch;

    /// <summary>It was over for a moment only.</summary>
    public sealed record Reopens(Incident Incident) : AlertMatch;

    public sealed record Opens : AlertMatch;

    /// <summary>Whether somebody was called because of it.</summary>
    public static bool Calls(Alert alert) => alert is { Severity: AlertSeverity.Page, ToldAt: not null, ResolvedAt: null } && alert.Rule != OverdueRule;

    /// <param name="incidents">Those that are open, and those that ended within <see cref="IncidentTimes.Reopen"/>.</param>
    public static AlertMatch Of(Alert alert, IReadOnlyCollection<Incident> incidents, DateTimeOffset now)
    {
        var same = incidents.Where(one => one.Alerts.Contains(alert.Id) || (one.Rule == alert.Rule && one.Subjects.Contains(alert.Subject))).OrderByDescending(static one => one.BeganAt).ToList();
        return same switch
        {
            _ when same.Any(one => one.Alerts.Contains(alert.Id)) => new Known(), // also when somebody has resolved it while its alert goes on: they know better
            _ when same.FirstOrDefault(static one => one.IsOpen) is { } open => new Joins(open),
            _ when same.FirstOrDefault(one => one.ResolvedAt is { } ended && now - ended < IncidentTimes.Reopen) is { } ended => new Reopens(ended),
            _ => new Opens(),
        };
    }
}
