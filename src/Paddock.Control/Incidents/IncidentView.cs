using System.Collections.Immutable;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>An incident as operators see it; people by their names.</summary>
/// <param name="Severity">sev1 to sev4.</param>
/// <param name="Status">triggered, acknowledged, mitigated, resolved, closed.</param>
/// <param name="Eta">By when it is to be mitigated.</param>
/// <param name="Overdue">Its ETA is over and it is not mitigated.</param>
/// <param name="UpdateDue">When those who wait for it are to hear something; null = no more.</param>
/// <param name="UpdateOverdue">They have not.</param>
/// <param name="Rule">The alert rule that opened it; null = somebody did.</param>
/// <param name="Notice">What developers are shown in their agents while it is open.</param>
public sealed record IncidentView(
    string Id, string Title, string Severity, string Status, string Owner, DateTimeOffset Eta, bool Overdue, DateTimeOffset? UpdateDue, bool UpdateOverdue, string CreatedBy, DateTimeOffset BeganAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt, string? Rule, IReadOnlyList<string> Subjects, IReadOnlyList<string> Scopes, IReadOnlyList<string> Alerts, IReadOnlyList<string> Releases, string? Notice, int Revision)
{
    internal static IncidentView Of(Incident one, IdentityDirectory directory, DateTimeOffset now) => new(
        one.Id, IncidentNames.In(one.Title, directory), Word(one.Severity), Word(one.Status), ContainmentNames.UserOf(one.Owner, directory), one.Eta, one.IsOverdue(now), one.UpdateDue, one.IsUpdateOverdue(now),
        ContainmentNames.UserOf(one.CreatedBy, directory), one.BeganAt, one.UpdatedAt, one.ResolvedAt, one.ClosedAt, one.Rule, [.. one.Subjects.Select(subject => ContainmentNames.UserOf(subject, directory))],
        one.Scopes, one.Alerts, one.Releases, one.Notice, one.Revision);

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <param name="Incidents">The newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record IncidentList(IReadOnlyList<IncidentView> Incidents, string? Next);

/// <summary>One line of a timeline.</summary>
/// <param name="Kind">opened, acknowledged, owner, eta, update, severity, mitigated, resolved, reopened, closed, alert, release, runbook, note, notice, postmortem, overdue.</param>
public sealed record IncidentEntryView(int Number, DateTimeOffset At, string By, string Kind, string Text, IReadOnlyDictionary<string, string> Facts)
{
    internal static IncidentEntryView Of(IncidentEntry one, IdentityDirectory directory) =>
        new(one.Number, one.At, ContainmentNames.UserOf(one.By, directory), IncidentView.Word(one.Kind), IncidentNames.In(one.Text, directory), new Dictionary<string, string>(one.Facts, StringComparer.Ordinal));
}

/// <summary>An incident with all that belongs to it.</summary>
/// <param name="Timeline">Oldest first.</param>
/// <param name="Postmortem">As it was written; when nobody has, what one begins with (<c>version</c> 0).</param>
/// <param name="Missing">What is not there yet of what closing it takes.</param>
public sealed record IncidentDetails(IncidentView Incident, IReadOnlyList<IncidentEntryView> Timeline, PostmortemView Postmortem, IReadOnlyList<string> Missing);

/// <summary>Who is called.</summary>
/// <param name="User">Null = nobody.</param>
/// <param name="Until">Null = until somebody else is.</param>
public sealed record OnCallView(string? User, DateTimeOffset? Since, DateTimeOffset? Until)
{
    internal static OnCallView Of(OnCall? one, IdentityDirectory directory) => new(one is null ? null : ContainmentNames.UserOf(one.Principal, directory), one?.Since, one?.Until);
}

/// <summary>What everybody may know of an incident that is open.</summary>
/// <param name="Notice">What whoever is hindered can do meanwhile.</param>
/// <param name="Updates">What those who wait for it were told, newest first.</param>
public sealed record IncidentNews(string Title, string Severity, string Status, DateTimeOffset BeganAt, DateTimeOffset Eta, string? Notice, IReadOnlyList<IncidentUpdate> Updates);

public sealed record IncidentUpdate(DateTimeOffset At, string Text);

/// <param name="Open">The gravest first.</param>
public sealed record IncidentStatusView(IReadOnlyList<IncidentNews> Open);
