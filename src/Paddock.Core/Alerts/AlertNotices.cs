using System.Globalization;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;

namespace Paddock.Core.Alerts;

/// <summary>What people are told of alerts: those of one rule together.</summary>
/// <param name="directory">Names of people.</param>
/// <param name="silences">Those that stand.</param>
/// <param name="console">How operators' browsers reach it; null = nobody knows.</param>
public sealed class AlertNotices(IdentityDirectory directory, IReadOnlyCollection<AlertSilence> silences, Uri? console)
{
    private const int LongestSentence = 600;

    private const string FirstAlert = "alert", Fired = "alert.fired", Silenced = "alert.silenced", Resolved = "alert.resolved";

    public IEnumerable<Notification> Of(AlertStep step, DateTimeOffset now) =>
        Of(Fired, step.Tell, now).Concat(Of(Silenced, step.Hushed, now)).Concat(Of(Resolved, step.Resolved.Where(static alert => alert.ToldAt is not null), now));

    /// <summary>What a notification tells, whoever posts it and however often: its first alert, and the look it was found by.</summary>
    public static string KeyOf(Notification notice) => string.Create(CultureInfo.InvariantCulture, $"{notice.Event}/{notice.Facts.First(static fact => fact.Key == FirstAlert).Value}/{notice.At.ToUnixTimeMilliseconds()}");

    public static NotifiedAlert Of(Alert alert, IdentityDirectory directory) => new(alert.Id, alert.Rule, AlertSubjects.Shown(alert.Subject, directory), alert.Severity, alert.BeganAt, alert.Says);

    private IEnumerable<Notification> Of(string name, IEnumerable<Alert> alerts, DateTimeOffset now) =>
        alerts.GroupBy(static alert => alert.Rule, StringComparer.Ordinal).Select(same => OfRule(name, [.. same.OrderByDescending(static alert => alert.Severity)], now));

    private Notification OfRule(string name, Alert[] alerts, DateTimeOffset now)
    {
        var first = alerts[0];
        var severity = first.Severity is AlertSeverity.Page ? "page" : "ticket";
        var subjects = string.Join(", ", alerts.Select(SubjectOf).Where(static subject => subject.Length > 0));
        return new()
        {
            Event = name,
            At = now,
            Text = TextOf(name, alerts, severity, subjects),
            Facts = [new("rule", first.Rule), new("severity", severity), new("subjects", subjects), new(FirstAlert, first.Id), new("says", first.Says)],
            Severity = first.Severity,
            Link = console is null ? null : $"{console.AbsoluteUri.TrimEnd('/')}/alerts",
            Alerts = [.. alerts.Select(alert => Of(alert, directory))],
        };
    }

    private string TextOf(string name, Alert[] alerts, string severity, string subjects)
    {
        var (first, shown) = (alerts[0], ChatText.Of(subjects));
        var named = shown.Length == 0 ? first.Rule : $"{first.Rule} {shown}";
        return name switch
        {
            Fired => $"{severity.ToUpperInvariant()} {first.Rule}: {ChatText.Of(first.Says, LongestSentence)}{(alerts.Length > 1 ? $" And {alerts.Length - 1} more: {shown}." : "")}",
            Silenced when silences.FirstOrDefault(one => one.Id == first.Silence) is { } silence =>
                $"Silenced: {named}, by {ChatText.Of(ContainmentNames.UserOf(silence.Owner, directory))} until {silence.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC: {ChatText.Of(silence.Reason, LongestSentence)}",
            Silenced => $"Silenced: {named}",
            _ => $"Over: {named}",
        };
    }

    private string SubjectOf(Alert alert) => AlertSubjects.Shown(alert.Subject, directory);
}
