using Paddock.Core.Alerts;
using Paddock.Core.Notifications;

namespace Paddock.Settings;

/// <summary>Which notifications a receiver takes.</summary>
/// <param name="Events">Event ids, or their beginning and a star: <c>alert.*</c>, <c>*</c>.</param>
/// <param name="Least">Of alerts none below; what has no severity goes out anyway.</param>
internal sealed record NotificationFilter(IReadOnlyList<string> Events, AlertSeverity Least = AlertSeverity.Ticket)
{
    public static readonly NotificationFilter All = new(["*"]);

    public bool Takes(Notification notification) => (notification.Severity ?? AlertSeverity.Page) >= Least && Events.Any(pattern => Matches(pattern, notification.Event));

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
