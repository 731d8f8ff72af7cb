using System.Globalization;
using Paddock.Core.Alerts;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;

namespace Paddock.Core.Incidents;

/// <summary>What people are told of an incident: what its timeline says, as far as somebody outside waits for it.</summary>
public static class IncidentNotices
{
    private const int LongestText = 600;

    /// <summary>Those that are told under it; null = it is of no matter to those outside.</summary>
    public static string? EventOf(IncidentEntryKind kind) => kind switch
    {
        IncidentEntryKind.Opened or IncidentEntryKind.Reopened => "incident.opened",
        IncidentEntryKind.Acknowledged or IncidentEntryKind.Update or IncidentEntryKind.Eta or IncidentEntryKind.Severity or IncidentEntryKind.Owner or IncidentEntryKind.Mitigated => "incident.updated",
        IncidentEntryKind.Overdue => "incident.overdue",
        IncidentEntryKind.Resolved => "incident.resolved",
        IncidentEntryKind.Closed => "incident.closed",
        _ => null,
    };

    /// <summary>Whoever posts it, and however often, it is told once.</summary>
    public static string KeyOf(Incident incident, IncidentEntry entry) => string.Create(CultureInfo.InvariantCulture, $"incident/{incident.Id}/{entry.Kind}/{entry.Key ?? entry.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}");

    /// <param name="console">How operators' browsers reach the console; null when nobody said.</param>
    /// <returns>Null when nobody is told.</returns>
    public static Notification? Of(Incident incident, IncidentEntry entry, IdentityDirectory directory, Uri? console) => EventOf(entry.Kind) is not { } name ? null : new()
    {
        Event = name,
        At = entry.At,
        Text = $"{IncidentMachine.Name(incident.Severity).ToUpperInvariant()} {ChatText.Of(IncidentNames.In(incident.Title, directory))}, {entry.Kind.ToString().ToLowerInvariant()}: {ChatText.Of(IncidentNames.In(entry.Text, directory), LongestText)}",
        Facts =
        [
            new("incident", incident.Id), new("title", IncidentNames.In(incident.Title, directory)), new("severity", IncidentMachine.Name(incident.Severity)), new("status", incident.Status.ToString().ToLowerInvariant()),
            new("owner", ContainmentNames.UserOf(incident.Owner, directory)), new("eta", incident.Eta.ToString("O", CultureInfo.InvariantCulture)), new("says", IncidentNames.In(entry.Text, directory)),
        ],
        Link = console is null ? null : $"{console.AbsoluteUri.TrimEnd('/')}{IncidentId.Path}/{incident.Id}",
        Severity = ClosingRules.IsGrave(incident.Severity) ? AlertSeverity.Page : AlertSeverity.Ticket,
    };
}
