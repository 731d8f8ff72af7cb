using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What is wrong in an installation at work, and what was.</summary>
internal sealed class InhabitedIncidents(ServedPeople served, DateTimeOffset now)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="owner">Who answers for it.</param>
    /// <param name="other">Who answered for the one before, and wrote of it.</param>
    /// <returns>Ids of the one that is open, and of the one that is over.</returns>
    public async Task<(string Open, string Over)> OpenAsync(Principal owner, Principal other)
    {
        var alert = (await served.Get<IAlerts>().ListAsync(new() { Rule = "provider-outage" }, Cancellation)).Single();
        var open = New("provider-outage: hosted", 95, owner) with
        {
            Rule = "provider-outage",
            Subjects = ["hosted"],
            Alerts = [alert.Id],
            Scopes = ["payments", "web"],
            Releases = ["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
            Notice = "hosted fails often. Choose the model “careful” until noon.",
        };
        await KeptAsync(open, Entry(open, IncidentEntryKind.Alert, alert.Says, 95), Entry(open, IncidentEntryKind.Release, "Release 9f86d081884c was put in force at 07:40 UTC.", 95),
            Entry(open, IncidentEntryKind.Update, "hosted confirms it. We wait for them, and look what can be moved.", 70), Entry(open, IncidentEntryKind.Overdue, "It was to be mitigated by 08:30 UTC, and is not.", 35));

        var over = New("Reviews ended without an answer", 60 * 26, other) with
        {
            Status = IncidentStatus.Resolved,
            ResolvedAt = now.AddHours(-25),
            Postmortem = new()
            {
                Version = 2,
                Summary = "Reviews of web ended without an answer for 50 minutes.",
                Impact = "Web; 31 tasks.",
                Causes = "A release had no route for the model of reviews.",
                Authors = [other.Id.Value],
                Actions =
                [
                    new() { Text = "A release without a route for a model that a mode names is refused.", Owner = other.Id.Value, Due = now.AddDays(5), Kind = ActionKind.Test, Link = "https://git.company.example/paddock/releases/-/merge_requests/211", Test = new("RouteTests.None", "pipeline-48112", "pipeline-48190") },
                    new() { Text = "The guide says how a route is taken out." },
                ],
            },
        };
        await KeptAsync(over, Entry(over, IncidentEntryKind.Resolved, "The release before is in force again.", 60 * 25));
        return (open.Id, over.Id);
    }

    private Incident New(string title, int minutesAgo, Principal owner) => new()
    {
        Id = IncidentId.Of(Guid.CreateVersion7(now.AddMinutes(-minutesAgo))),
        Title = title,
        Severity = IncidentSeverity.Sev2,
        Owner = owner.Id.Value,
        Eta = now.AddMinutes(60 - minutesAgo),
        CreatedBy = "system:alerts",
        BeganAt = now.AddMinutes(-minutesAgo),
        UpdatedAt = now.AddMinutes(-minutesAgo),
        ChangedAt = now.AddMinutes(-minutesAgo),
    };

    private IncidentEntry Entry(Incident incident, IncidentEntryKind kind, string text, int minutesAgo) => IncidentMachine.Note(kind, text, kind is IncidentEntryKind.Update ? incident.Owner : incident.CreatedBy, now.AddMinutes(-minutesAgo));

    private async Task KeptAsync(Incident incident, params IncidentEntry[] entries) =>
        (await served.Get<IIncidents>().OpenAsync(incident, [IncidentMachine.Opened(incident), .. entries], AuditActor.Of(incident.CreatedBy), Cancellation)).ShouldBeTrue();
}
