using Paddock.Core.Audit.Tiles;
using Paddock.Core.Notifications;

namespace Paddock.Store.Audit.Tiles;

/// <summary>What people are told of the log's signatures.</summary>
internal static class LogNotices
{
    public static Notification Halted(DateTimeOffset now, LogStatus status) => Of(
        "audit.log_halted", now, status, $"The audit log is not signed any more: {status.Problem} Entries gather. Bring back the database that goes with keys/audit.signed.");

    public static Notification NotSigned(DateTimeOffset now, LogStatus status) => Of("audit.not_signed", now, status, $"The audit log is not signed for now: {status.Problem} Entries gather.");

    public static Notification SignedAgain(DateTimeOffset now, LogStatus status) => Of("audit.signed_again", now, status, "The audit log is signed again.");

    private static Notification Of(string what, DateTimeOffset now, LogStatus status, string text) => new()
    {
        Event = what,
        At = now,
        Text = text,
        Facts = [new("origin", status.Origin ?? ""), new("problem", status.Problem ?? "")],
    };
}
