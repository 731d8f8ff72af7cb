using Paddock.Core.Alerts;

namespace Paddock.Core.Notifications;

/// <summary>One of several things that a notification tells of together, for receivers that follow each by itself.</summary>
/// <param name="Id">Names the thing as long as it lasts, such as an alert's id.</param>
/// <param name="Text">One line for people, as <see cref="Notification.Text"/>.</param>
public sealed record NotificationPart(string Id, AlertSeverity Severity, string Text);
