using System.Collections.Immutable;
using Paddock.Core.Audit;

namespace Paddock.Core.Alerts;

/// <summary>What the audit log says of alerts and silences. Subjects may be people: their ids alone.</summary>
public static class AlertEntries
{
    /// <param name="before">Alerts that were open.</param>
    public static ImmutableArray<AuditEvent> Of(AlertStep step, IReadOnlyCollection<Alert> before)
    {
        var known = before.Select(static one => one.Id).ToHashSet(StringComparer.Ordinal);
        return [.. step.Open.Where(alert => !known.Contains(alert.Id)).Select(static alert => Of(AuditActs.AlertFired, alert)), .. step.Resolved.Select(static alert => Of(AuditActs.AlertResolved, alert))];
    }

    public static AuditEvent Of(AlertSilence silence, AuditActor by) => new()
    {
        Act = AuditActs.AlertSilenced,
        Actor = by,
        Ref = silence.Id,
        Facts =
        [
            .. silence.Rule is { } rule ? [AuditFact.Of("rule", rule)] : Array.Empty<AuditFact>(), .. silence.Subject is { } subject ? [AuditFact.Sealed("subject", subject)] : Array.Empty<AuditFact>(),
            AuditFact.Of("until", silence.ExpiresAt), AuditFact.Sealed("reason", silence.Reason),
        ],
    };

    public static AuditEvent Ended(string silence, AuditActor by) => new() { Act = AuditActs.SilenceEnded, Actor = by, Ref = silence };

    private static AuditEvent Of(string act, Alert alert) => new()
    {
        Act = act,
        Actor = AuditActor.Clock,
        Ref = alert.Id,
        Facts = [AuditFact.Of("rule", alert.Rule), AuditFact.Of("severity", alert.Severity is AlertSeverity.Page ? "page" : "ticket"), AuditFact.Sealed("subject", alert.Subject), AuditFact.Sealed("says", alert.Says)],
    };
}
