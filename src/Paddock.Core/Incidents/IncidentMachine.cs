using System.Collections.Immutable;
using System.Globalization;

namespace Paddock.Core.Incidents;

/// <summary>What a command makes of an incident, and what the timeline says of it. Does nothing itself.</summary>
public static class IncidentMachine
{
    /// <summary>Those that an incident remembers, the latest; what comes and goes for days makes many.</summary>
    public const int MostAlerts = 100;

    /// <summary>A new incident's first entry. People stand in what the machine writes by their ids: names come and go (<see cref="IncidentNames"/>).</summary>
    public static IncidentEntry Opened(Incident incident) => new()
    {
        At = incident.BeganAt,
        By = incident.CreatedBy,
        Kind = IncidentEntryKind.Opened,
        Text = $"{incident.Title} ({Name(incident.Severity)}). {incident.Owner} owns it; to be mitigated by {Time(incident.Eta)}.",
    };

    /// <param name="by">Principal id, or <c>system:…</c>.</param>
    public static IncidentOutcome Apply(Incident incident, IncidentCommand command, string by, DateTimeOffset now) => command switch
    {
        IncidentCommand.Acknowledge => incident.Status is IncidentStatus.Triggered
            ? Changed(incident with { Status = IncidentStatus.Acknowledged, UpdatedAt = now }, IncidentEntryKind.Acknowledged, "Acknowledged.", by, now)
            : Wrong(incident, "one that is triggered is acknowledged"),
        IncidentCommand.Mitigate one => incident.IsHurting
            ? Changed(incident with { Status = IncidentStatus.Mitigated, UpdatedAt = now }, IncidentEntryKind.Mitigated, one.Text, by, now)
            : Wrong(incident, "one that is triggered or acknowledged is mitigated"),
        IncidentCommand.Resolve one => incident.IsOpen
            ? Changed(incident with { Status = IncidentStatus.Resolved, UpdatedAt = now, ResolvedAt = now }, IncidentEntryKind.Resolved, one.Text, by, now)
            : Wrong(incident, "one that is open is resolved"),
        IncidentCommand.Reopen one => Reopen(incident, one, by, now),
        IncidentCommand.Close one => ClosingRules.Missing(incident, by) is { IsEmpty: false } missing
            ? new IncidentOutcome.Refused(missing)
            : Changed(incident with { Status = IncidentStatus.Closed, ClosedAt = now, Notice = null }, IncidentEntryKind.Closed, one.Text, by, now),
        IncidentCommand.WritePostmortem or IncidentCommand.ApprovePostmortem => Postmortem(incident, command, by, now),
        _ when incident.Status is IncidentStatus.Closed => Wrong(incident, "what is closed stays as it is"),
        _ => Detail(incident, command, by, now),
    };

    /// <summary>An entry that changes nothing but the timeline: what a runbook did, that a time has run out.</summary>
    /// <param name="key">Of it an incident has one entry; null = each is kept.</param>
    public static IncidentEntry Note(IncidentEntryKind kind, string text, string by, DateTimeOffset now, string? key = null) => new() { At = now, By = by, Kind = kind, Text = text, Key = key };

    private static IncidentOutcome Detail(Incident incident, IncidentCommand command, string by, DateTimeOffset now) => command switch
    {
        IncidentCommand.Assign one => one.Owner == incident.Owner ? new IncidentOutcome.Same() : Changed(incident with { Owner = one.Owner }, IncidentEntryKind.Owner, $"{one.Owner} owns it.", by, now),
        IncidentCommand.SetEta when !incident.IsHurting => Wrong(incident, "an ETA says when one that is triggered or acknowledged is mitigated"),
        IncidentCommand.SetEta one => one.Eta <= now || one.Eta > now + IncidentTimes.LongestEta
            ? new IncidentOutcome.Refused([new IncidentRefusal.EtaNotAhead()])
            : Changed(incident with { Eta = one.Eta }, IncidentEntryKind.Eta, $"To be mitigated by {Time(one.Eta)}, not {Time(incident.Eta)}: {one.Reason}", by, now),
        IncidentCommand.SetSeverity when !incident.IsOpen => Wrong(incident, "how much it matters is said while it is open"),
        IncidentCommand.SetSeverity one => one.Severity == incident.Severity
            ? new IncidentOutcome.Same()
            : Changed(incident with { Severity = one.Severity, LoweredBy = Lowered(incident, one.Severity, by) }, IncidentEntryKind.Severity, $"{Name(one.Severity)}, not {Name(incident.Severity)}: {one.Reason}", by, now),
        IncidentCommand.Update one => Changed(incident with { UpdatedAt = now }, IncidentEntryKind.Update, one.Text, by, now),
        IncidentCommand.LinkAlert one => incident.Alerts.Contains(one.Alert)
            ? new IncidentOutcome.Same()
            : Changed(incident with { Alerts = [.. incident.Alerts.Add(one.Alert).TakeLast(MostAlerts)], Subjects = With(incident.Subjects, one.Subject) }, IncidentEntryKind.Alert, one.Text, by, now, [new("alert", one.Alert)]),
        IncidentCommand.LinkRelease one => incident.Releases.Contains(one.Digest)
            ? new IncidentOutcome.Same()
            : Changed(incident with { Releases = incident.Releases.Add(one.Digest) }, IncidentEntryKind.Release, $"Release {one.Digest} belongs to it.", by, now, [new("release", one.Digest)]),
        IncidentCommand.SetNotice one => one.Text == incident.Notice
            ? new IncidentOutcome.Same()
            : Changed(incident with { Notice = one.Text }, IncidentEntryKind.Notice, one.Text is { } text ? $"Developers are told: {text}" : "Developers are told nothing any more.", by, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static string? Lowered(Incident incident, IncidentSeverity to, string by) =>
        ClosingRules.IsGrave(to) ? null : ClosingRules.IsGrave(incident.Severity) ? by : incident.LoweredBy;

    private static IncidentOutcome Reopen(Incident incident, IncidentCommand.Reopen one, string by, DateTimeOffset now) => incident switch
    {
        { IsHurting: true } => Wrong(incident, "one that is mitigated, or has ended, is opened again"),
        { ResolvedAt: { } ended } when now - ended >= IncidentTimes.Reopen => new IncidentOutcome.Refused([new IncidentRefusal.TooLate()]),
        _ => Reopened(Again(incident, now), incident.Eta, one.Text, by, now),
    };

    private static IncidentOutcome.Changed Reopened(Incident again, DateTimeOffset before, string text, string by, DateTimeOffset now) =>
        Changed(again, IncidentEntryKind.Reopened, again.Eta == before ? text : $"{text} To be mitigated by {Time(again.Eta)}.", by, now);

    /// <summary>It needs another ETA when the old one is over: nobody has said by when it is mitigated this time.</summary>
    private static Incident Again(Incident incident, DateTimeOffset now) =>
        incident with { Status = IncidentStatus.Triggered, UpdatedAt = now, ResolvedAt = null, ClosedAt = null, Eta = incident.Eta > now ? incident.Eta : now + IncidentTimes.UsualEta };

    private static IncidentOutcome Postmortem(Incident incident, IncidentCommand command, string by, DateTimeOffset now)
    {
        if (incident.Status is IncidentStatus.Closed)
        {
            return Wrong(incident, "what is closed stays as it is");
        }

        if (command is IncidentCommand.WritePostmortem { Postmortem: var written })
        {
            if (written.Version != (incident.Postmortem?.Version ?? 0))
            {
                return new IncidentOutcome.Refused([new IncidentRefusal.WrittenMeanwhile()]);
            }

            var authors = With(incident.Postmortem?.Authors ?? [], by);
            return Changed(incident with { Postmortem = written with { Version = written.Version + 1, Authors = authors, ApprovedBy = null, ApprovedAt = null } }, IncidentEntryKind.Postmortem, "The postmortem was written.", by, now);
        }

        return incident.Postmortem switch
        {
            null => new IncidentOutcome.Refused([new IncidentRefusal.NoPostmortem()]),
            { } one when command is IncidentCommand.ApprovePostmortem { Version: { } read } && read != one.Version => new IncidentOutcome.Refused([new IncidentRefusal.WrittenMeanwhile()]),
            { ApprovedBy: not null } => new IncidentOutcome.Same(),
            { } one when one.Authors.Contains(by) => new IncidentOutcome.Refused([new IncidentRefusal.OwnPostmortem()]),
            { } one when ClosingRules.MissingIn(incident.Severity, one) is { IsEmpty: false } missing => new IncidentOutcome.Refused(missing), // what is approved is whole
            { } one => Changed(incident with { Postmortem = one with { ApprovedBy = by, ApprovedAt = now } }, IncidentEntryKind.Postmortem, "The postmortem was approved.", by, now),
        };
    }

    private static IncidentOutcome.Changed Changed(Incident incident, IncidentEntryKind kind, string text, string by, DateTimeOffset now, ImmutableArray<KeyValuePair<string, string>>? facts = null) =>
        new(incident with { ChangedAt = now, Revision = incident.Revision + 1 }, [new() { At = now, By = by, Kind = kind, Text = text, Facts = facts ?? [] }]);

    private static IncidentOutcome.Refused Wrong(Incident incident, string wanted) => new([new IncidentRefusal.WrongStatus(incident.Status, wanted)]);

    private static ImmutableArray<string> With(ImmutableArray<string> all, string? one) => one is null || all.Contains(one) ? all : all.Add(one);

    /// <summary>As people and documents write it, such as <c>sev1</c>.</summary>
    public static string Name(IncidentSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>A moment as timelines write it.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
