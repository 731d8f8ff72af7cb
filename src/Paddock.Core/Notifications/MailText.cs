using System.Globalization;
using System.Text;
using Paddock.Core.Alerts;

namespace Paddock.Core.Notifications;

/// <summary>A notification as a mail says it: plain text.</summary>
/// <param name="Subject">One line.</param>
public sealed record MailText(string Subject, string Body)
{
    private const int LongestSubject = 120;

    public static MailText Of(Notification notification)
    {
        var text = Plain(notification.Text);
        var body = new StringBuilder(text).Append("\n\n");
        foreach (var alert in notification.Alerts)
        {
            body.Append(CultureInfo.InvariantCulture, $"{(alert.Severity is AlertSeverity.Page ? "page" : "ticket")} {alert.Rule}{(alert.Subject.Length == 0 ? "" : " ")}{alert.Subject}\n  since {alert.BeganAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {alert.Says}\n\n");
        }

        if (notification.Link is { } link)
        {
            body.Append(link).Append("\n\n");
        }

        body.Append(CultureInfo.InvariantCulture, $"{notification.Event}, {notification.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        return new("Paddock: " + (text.Length > LongestSubject ? text[..(LongestSubject - 1)] + "…" : text), body.ToString());
    }

    /// <summary>The text is made for chats, which read some signs their own way.</summary>
    private static string Plain(string text) => text.ReplaceLineEndings(" ").Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
