using System.Globalization;

namespace Paddock.Core.Incidents;

/// <summary>Begins a postmortem with what the timeline knows already.</summary>
public static class PostmortemTemplate
{
    public static Postmortem Of(Incident incident, IReadOnlyCollection<IncidentEntry> timeline) => new()
    {
        Summary = $"{incident.Title}: {incident.Severity.ToString().ToLowerInvariant()}, from {IncidentMachine.Time(incident.BeganAt)} {Until(incident)}.",
        Impact = incident.Scopes.IsEmpty ? "" : $"Affected: {string.Join(", ", incident.Scopes)}.",
        Timeline = Cut(string.Join('\n', timeline.Select(entry => $"{IncidentMachine.Time(entry.At)} {entry.By} {entry.Kind.ToString().ToLowerInvariant()}: {entry.Text}"))),
        Causes = incident.Releases.IsEmpty ? "" : $"Put in force in the two hours before: {string.Join(", ", incident.Releases)}.",
    };

    private static string Until(Incident incident) => incident.ResolvedAt is { } ended ? $"to {IncidentMachine.Time(ended)}, {Math.Ceiling((ended - incident.BeganAt).TotalMinutes).ToString(CultureInfo.InvariantCulture)} min" : "on";

    private static string Cut(string text) => text.Length <= Postmortem.LongestTimeline ? text : text[..(Postmortem.LongestTimeline - 1)] + "…";
}
