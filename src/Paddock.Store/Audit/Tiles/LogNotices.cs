using Paddock.Core.Audit.Tiles;
using Paddock.Core.Notifications;

namespace Paddock.Store.Audit.Tiles;

/// <summary>What people are told of the log's signatures.</summary>
internal static class LogNotices
{
    public static Notification Halted(DateTimeOffset now, LogStatus status) => Of(
        "audit.log_halted", now, status, $"The audit log is not signed any more: {status.Problem} Entries gather. Bring back the database that goes with keys/audit.signed; if it is gone for good, somebody has to decide (paddock audit restart).");

    public static Notification NotSigned(DateTimeOffset now, LogStatus status) => Of("audit.not_signed", now, status, $"The audit log is not signed for now: {status.Problem} Entries gather.");

    public static Notification SignedAgain(DateTimeOffset now, LogStatus status) => Of("audit.signed_again", now, status, "The audit log is signed again.");

    public static Notification Restarted(DateTimeOffset now, ShardRow shard, HaltRow halt) => new()
    {
        Event = "audit.log_restarted",
        At = now,
        Text = "The audit log goes on in a new shard, which does not continue what was signed before. Somebody decided so; look whether that is as it should be.",
        Facts = [new("origin", shard.Origin), new("by", halt.AskedBy ?? ""), new("reason", halt.Reason ?? ""), new("problem", halt.Problem)],
    };

    private static Notification Of(string what, DateTimeOffset now, LogStatus status, string text) => new()
    {
        Event = what,
        At = now,
        Text = text,
        Facts = [new("origin", status.Origin ?? ""), new("problem", status.Problem ?? "")],
    };
}
