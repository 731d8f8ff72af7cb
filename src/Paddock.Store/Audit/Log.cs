using Microsoft.Extensions.Logging;

namespace Paddock.Store.Audit;

internal static partial class Log
{
    [LoggerMessage(1701, LogLevel.Warning, "The database did not take audit entries ({Reason}); their file takes them")]
    public static partial void DatabaseAway(ILogger logger, string reason);

    [LoggerMessage(1702, LogLevel.Information, "The database takes audit entries again; {Count} came from their file")]
    public static partial void DatabaseBack(ILogger logger, int count);

    [LoggerMessage(1703, LogLevel.Critical, "No device takes audit entries ({Reason}): mutating tool calls are refused until one does")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(1704, LogLevel.Warning, "Audit entries can be written again; nothing mutating was let go for {Time}, and {Lost} entries that nobody waited for were lost")]
    public static partial void Resumed(ILogger logger, TimeSpan time, int lost);

    [LoggerMessage(1706, LogLevel.Critical, "The glass was broken by {By} until {Until}: mutating tool calls go on although no device takes audit entries; they are kept in the reserve. Reason: {Reason}")]
    public static partial void GlassBroken(ILogger logger, string by, DateTimeOffset until, string reason);

    [LoggerMessage(1707, LogLevel.Warning, "The glass was mended by {By}")]
    public static partial void GlassMended(ILogger logger, string by);

    [LoggerMessage(1708, LogLevel.Warning, "The audit log's reserve could not be made ({Reason}): the glass cannot be broken")]
    public static partial void NoReserve(ILogger logger, string reason);

    [LoggerMessage(1709, LogLevel.Warning, "The disk of {Directory} has {Bytes} bytes left")]
    public static partial void DiskLow(ILogger logger, string directory, long bytes);

    [LoggerMessage(1710, LogLevel.Warning, "Free space could not be looked at: {Reason}")]
    public static partial void DiskUnread(ILogger logger, string reason);

    [LoggerMessage(1711, LogLevel.Warning, "The oldest entry that is not in the log yet was made {Age} ago")]
    public static partial void LogBehind(ILogger logger, TimeSpan age);

    [LoggerMessage(1705, LogLevel.Error, "The audit log's file could not be read: {Reason}")]
    public static partial void SpoolUnread(ILogger logger, string reason);

    [LoggerMessage(1713, LogLevel.Error, "Entries of the audit log could not be brought from their file into the database: {Reason}")]
    public static partial void NotShipped(ILogger logger, string reason);

    [LoggerMessage(1712, LogLevel.Error, "A file of the audit log whose entries are in the database could not be given up: {Reason}")]
    public static partial void SpoolNotFreed(ILogger logger, string reason);

    [LoggerMessage(1751, LogLevel.Error, "Data keys cannot be looked after ({Reason}); what is sealed meanwhile by a key that is not kept can never be opened")]
    public static partial void KeysNotLookedAfter(ILogger logger, string reason);

    [LoggerMessage(1752, LogLevel.Warning, "Captured content was not kept ({Reason}); its entries say so")]
    public static partial void ContentNotKept(ILogger logger, string reason);

    [LoggerMessage(1753, LogLevel.Error, "Kept content cannot be looked after ({Reason}); what is to be erased may still be there")]
    public static partial void PayloadsNotLookedAfter(ILogger logger, string reason);

    [LoggerMessage(1754, LogLevel.Error, "The data key {Key} was given up and could not be destroyed ({Reason}); it is tried again")]
    public static partial void KeyNotDestroyed(ILogger logger, string key, string reason);

    [LoggerMessage(1756, LogLevel.Information, "Retention took {Count} contents of class {Class} away; {Held} are held")]
    public static partial void RetentionDone(ILogger logger, long count, string @class, long held);

    [LoggerMessage(1757, LogLevel.Error, "What is kept no longer could not be erased ({Reason}); it is tried again")]
    public static partial void RetentionNotDone(ILogger logger, string reason);

    [LoggerMessage(1755, LogLevel.Warning, "The data key {Key} was destroyed")]
    public static partial void KeyDestroyed(ILogger logger, string key);
}
