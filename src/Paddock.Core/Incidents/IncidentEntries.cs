using Paddock.Core.Audit;

namespace Paddock.Core.Incidents;

/// <summary>What the audit log says of incidents: each line of a timeline, with what somebody wrote sealed.</summary>
public static class IncidentEntries
{
    /// <param name="incident">As it is since.</param>
    public static AuditEvent Of(Incident incident, IncidentEntry entry, AuditActor by) => new()
    {
        Act = AuditActs.Incident + entry.Kind.ToString().ToLowerInvariant(),
        Actor = by,
        Ref = incident.Id,
        Facts =
        [
            AuditFact.Of("severity", incident.Severity.ToString().ToLowerInvariant()), AuditFact.Of("status", incident.Status.ToString().ToLowerInvariant()), AuditFact.Of("owner", incident.Owner),
            AuditFact.Of("eta", incident.Eta), AuditFact.Sealed("text", entry.Text),
            .. entry.Facts.IsEmpty ? Array.Empty<AuditFact>() : [AuditFact.Sealed("facts", string.Join('\n', entry.Facts.Select(static fact => $"{fact.Key}: {fact.Value}")))],
        ],
    };

    /// <summary>Who is called while no rule says otherwise.</summary>
    public static AuditEvent Of(OnCall one, AuditActor by) => new()
    {
        Act = AuditActs.OnCallSet,
        Actor = by,
        Ref = one.Principal,
        Facts = one.Until is { } until ? [AuditFact.Of("until", until)] : [],
    };
}
