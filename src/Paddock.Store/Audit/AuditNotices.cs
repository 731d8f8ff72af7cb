using System.Globalization;
using Paddock.Core.Notifications;

namespace Paddock.Store.Audit;

/// <summary>What people are told of the audit log.</summary>
internal static class AuditNotices
{
    public static Notification Unavailable(DateTimeOffset now) => new()
    {
        Event = "audit.unavailable",
        At = now,
        Text = "The audit log cannot be written: mutating tool calls are refused until it can. Look at disk space and the database (paddock status).",
    };

    public static Notification Resumed(DateTimeOffset now, DateTimeOffset since, int lost) => new()
    {
        Event = "audit.resumed",
        At = now,
        Text = $"The audit log is written again, after {(now - since).TotalSeconds:F0} s.",
        Facts = [new("since", since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), new("lost", lost.ToString(CultureInfo.InvariantCulture))],
    };
}
