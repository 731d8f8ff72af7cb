using System.Globalization;
using Paddock.Core.Audit;
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

    public static Notification GlassBroken(DateTimeOffset now, AuditActor by, DateTimeOffset until, string reason) => new()
    {
        Event = AuditActs.BreakGlass,
        At = now,
        Text = "The glass was broken: mutating tool calls go on although the audit log cannot be written as it should; they are kept in the reserve.",
        Facts = [new("by", by.Id), new("until", until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), new("reason", reason)],
    };

    public static Notification GlassMended(DateTimeOffset now, AuditActor by) => new()
    {
        Event = AuditActs.BreakGlassEnded,
        At = now,
        Text = "The glass was mended before its time.",
        Facts = [new("by", by.Id)],
    };

    public static Notification Disk(DateTimeOffset now, string state, long free) => new()
    {
        Event = "disk." + state,
        At = now,
        Text = state == "ok" ? "Paddock's disk has room again." : "Paddock's disk is filling up. When it is full, the audit log cannot be written and mutating tool calls are refused.",
        Facts = [new("freeBytes", free.ToString(CultureInfo.InvariantCulture))],
    };

    public static Notification Behind(DateTimeOffset now, TimeSpan age) => new()
    {
        Event = "audit.behind",
        At = now,
        Text = "Entries wait to come into the audit log: what signs it is away or refuses to (paddock audit status).",
        Facts = [new("ageSeconds", age.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture))],
    };

    public static Notification Resumed(DateTimeOffset now, DateTimeOffset since, int lost) => new()
    {
        Event = "audit.resumed",
        At = now,
        Text = $"The audit log is written again, after {(now - since).TotalSeconds:F0} s.",
        Facts = [new("since", since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), new("lost", lost.ToString(CultureInfo.InvariantCulture))],
    };
}
