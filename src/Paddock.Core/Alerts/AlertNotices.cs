using System.Globalization;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;

namespace Paddock.Core.Alerts;

/// <summary>What people are told of alerts: those of one rule together.</summary>
public static class AlertNotices
{
    private const int LongestSentence = 600;

    private const string FirstAlert = "alert";

    public static IEnumerable<Notification> Of(AlertStep step, IdentityDirectory directory, DateTimeOffset now) =>
        Of("alert.fired", step.Tell, directory, now).Concat(Of("alert.resolved", step.Resolved.Where(static alert => alert is { ToldAt: not null, Silence: null }), directory, now));

    /// <summary>What a notification tells, whoever posts it and however often: its first alert, and the look it was found by.</summary>
    public static string KeyOf(Notification notice) => string.Create(CultureInfo.InvariantCulture, $"{notice.Event}/{notice.Facts.First(static fact => fact.Key == FirstAlert).Value}/{notice.At.ToUnixTimeMilliseconds()}");

    private static IEnumerable<Notification> Of(string name, IEnumerable<Alert> alerts, IdentityDirectory directory, DateTimeOffset now) =>
        alerts.GroupBy(static alert => alert.Rule, StringComparer.Ordinal).Select(same => OfRule(name, [.. same.OrderByDescending(static alert => alert.Severity)], directory, now));

    private static Notification OfRule(string name, Alert[] alerts, IdentityDirectory directory, DateTimeOffset now)
    {
        var first = alerts[0];
        var severity = first.Severity is AlertSeverity.Page ? "page" : "ticket";
        var subjects = string.Join(", ", alerts.Select(alert => AlertSubjects.Shown(alert.Subject, directory)).Where(static subject => subject.Length > 0));
        var others = alerts.Length > 1 ? $" And {alerts.Length - 1} more: {ChatText.Of(subjects)}." : "";
        return new()
        {
            Event = name,
            At = now,
            Text = name == "alert.fired" ? $"{severity.ToUpperInvariant()} {first.Rule}: {ChatText.Of(first.Says, LongestSentence)}{others}" : $"Over: {first.Rule} {ChatText.Of(subjects)}",
            Facts = [new("rule", first.Rule), new("severity", severity), new("subjects", subjects), new(FirstAlert, first.Id), new("says", first.Says)],
            Severity = first.Severity,
        };
    }
}
