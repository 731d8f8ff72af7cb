using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Incidents;

/// <summary>
/// Makes incidents of alerts that call somebody, and notes what is over its time. Runs after the look at alerts, in the process that looks. Each
/// look compares all that is there with all that should be, so that the next one does what a process that ended left undone.
/// </summary>
public sealed class WatchIncidents(IIncidents incidents, IncidentBook book, IIdentities identities, ISnapshots snapshots, TimeProvider time, ILogger<WatchIncidents> logger)
{
    /// <summary>Who owns an incident where there is no person who may operate: whoever holds the admin key.</summary>
    public const string Nobody = "system:installation";

    private const int Most = 1_000, MostTold = 10_000;

    /// <summary>What a timeline said of late is told once more, and found told, after a process ended before it had.</summary>
    private static readonly TimeSpan late = TimeSpan.FromMinutes(15);

    private static readonly AuditActor alerts = AuditActor.Of("system:alerts");

    /// <summary>What this process knows to be noted or told; the database knows it, too.</summary>
    private readonly HashSet<string> done = new(StringComparer.Ordinal);

    /// <summary>One look.</summary>
    /// <param name="open">All alerts that are open, of a look that was made.</param>
    public async Task LookAsync(ImmutableArray<Alert> open, CancellationToken cancellationToken)
    {
        if (done.Count > MostTold)
        {
            done.Clear();
        }

        var recent = time.GetUtcNow() - IncidentTimes.Reopen;
        foreach (var alert in open.Where(AlertMatch.Calls))
        {
            // An incident that it stands in was changed since it began, however long ago that is.
            var known = await SinceAsync(alert.BeganAt < recent ? alert.BeganAt : recent, cancellationToken);
            await MatchAsync(alert, known, cancellationToken);
        }

        var standing = open.Select(static alert => alert.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var incident in await SinceAsync(recent, cancellationToken))
        {
            await NoteAsync(incident, standing, cancellationToken);
            await TellAsync(incident, cancellationToken);
        }
    }

    /// <summary>Those that are open, and those that changed since.</summary>
    private Task<ImmutableArray<Incident>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken) => incidents.ListAsync(new() { ChangedSince = since, Limit = Most }, cancellationToken);

    private async Task MatchAsync(Alert alert, ImmutableArray<Incident> known, CancellationToken cancellationToken)
    {
        var text = IncidentTexts.Of(alert);
        switch (AlertMatch.Of(alert, known, time.GetUtcNow()))
        {
            case AlertMatch.Opens when AlertMatch.SeverityOf(snapshots.Current.AlertRules.FirstOrDefault(rule => rule.Name == alert.Rule)) is { } severity:
                await OpenAsync(alert, severity, cancellationToken);
                break;
            case AlertMatch.Joins { Incident: var incident }:
                await book.ApplyAsync(incident.Id, new IncidentCommand.LinkAlert(alert.Id, alert.Subject, text), alerts, may: null, cancellationToken);
                break;
            case AlertMatch.Reopens { Incident: var incident }:
                await book.ApplyAsync(incident.Id, new IncidentCommand.Reopen(text), alerts, may: null, cancellationToken);
                await book.ApplyAsync(incident.Id, new IncidentCommand.LinkAlert(alert.Id, alert.Subject, text), alerts, may: null, cancellationToken);
                break;
        }
    }

    private async Task OpenAsync(Alert alert, IncidentSeverity severity, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var incident = new Incident
        {
            Id = IncidentId.OfAlert(alert.Id),
            Title = $"{alert.Rule}{(alert.Subject.Length == 0 ? "" : $": {alert.Subject}")}",
            Severity = severity,
            Owner = await OwnerAsync(alert.Rule, now, cancellationToken),
            Eta = now + IncidentTimes.UsualEta,
            CreatedBy = alerts.Id,
            BeganAt = now,
            UpdatedAt = now,
            ChangedAt = now,
            Rule = alert.Rule,
            Subjects = [alert.Subject],
            Alerts = [alert.Id],
        };
        var because = IncidentMachine.Note(IncidentEntryKind.Alert, alert.Says, alerts.Id, now) with { Facts = [new("alert", alert.Id)] };
        await book.OpenAsync(incident, [because], alerts, cancellationToken);
    }

    /// <summary>Whoever is on call; else whoever the rule names, when that is a person; else the first by name who may operate.</summary>
    private async Task<string> OwnerAsync(string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owner = book.PersonOf((await incidents.OnCallAsync(now, cancellationToken))?.Principal)
            ?? book.PersonOf(snapshots.Current.AlertRules.FirstOrDefault(one => one.Name == rule)?.Owner)
            ?? identities.Current.Principals.FirstOrDefault(static one => one is { Kind: PrincipalKind.User, Disabled: false } && one.Roles.HasFlag(ControlRoles.Operator));
        return owner?.Id.Value ?? Nobody;
    }

    /// <summary>What is over: its alerts, its ETA, the time of an update.</summary>
    private async Task NoteAsync(Incident incident, HashSet<string> standing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var alert in incident.Alerts.Where(one => incident.IsOpen && !standing.Contains(one)))
        {
            await NoteOnceAsync(incident, IncidentMachine.Note(IncidentEntryKind.Alert, "An alert of it is over.", alerts.Id, now, $"over/{alert}") with { Facts = [new("alert", alert)] }, alerts, cancellationToken);
        }

        if (incident.IsOverdue(now))
        {
            var text = $"It was to be mitigated by {IncidentMachine.Time(incident.Eta)}, and is not.";
            await NoteOnceAsync(incident, IncidentMachine.Note(IncidentEntryKind.Overdue, text, AuditActor.Clock.Id, now, $"eta/{incident.Eta.ToUnixTimeMilliseconds()}"), AuditActor.Clock, cancellationToken);
        }

        if (incident.IsUpdateOverdue(now) && incident.UpdateDue is { } due)
        {
            var text = $"An update was due by {IncidentMachine.Time(due)}, and did not come.";
            await NoteOnceAsync(incident, IncidentMachine.Note(IncidentEntryKind.Overdue, text, AuditActor.Clock.Id, now, $"update/{incident.UpdatedAt.ToUnixTimeMilliseconds()}"), AuditActor.Clock, cancellationToken);
        }
    }

    private async Task NoteOnceAsync(Incident incident, IncidentEntry entry, AuditActor by, CancellationToken cancellationToken)
    {
        if (done.Contains($"{incident.Id}/{entry.Key}"))
        {
            return;
        }

        if (await incidents.NoteAsync(incident.Id, entry, by, cancellationToken))
        {
            Log.IncidentChanged(logger, incident.Id, IncidentView.Word(entry.Kind), by.Id);
        }

        await book.TellAsync(incident, entry, cancellationToken);
        done.Add($"{incident.Id}/{entry.Key}");
    }

    private async Task TellAsync(Incident incident, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - late;
        if (incident.ChangedAt < since || done.Contains($"{incident.Id} {incident.Revision}"))
        {
            return;
        }

        foreach (var entry in (await incidents.TimelineAsync(incident.Id, cancellationToken)).Where(entry => entry.At >= since))
        {
            await book.TellAsync(incident, entry, cancellationToken);
        }

        done.Add($"{incident.Id} {incident.Revision}");
    }
}
