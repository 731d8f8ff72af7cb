using Microsoft.Extensions.Logging;

namespace Paddock.Store.Audit;

internal static partial class Log
{
    [LoggerMessage(1701, LogLevel.Warning, "The database did not take audit entries ({Reason}); the second device takes over")]
    public static partial void DatabaseAway(ILogger logger, string reason);

    [LoggerMessage(1702, LogLevel.Information, "The database takes audit entries again; {Count} came from the second device")]
    public static partial void DatabaseBack(ILogger logger, int count);

    [LoggerMessage(1703, LogLevel.Critical, "No device takes audit entries ({Reason}): mutating tool calls are refused until one does")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(1704, LogLevel.Warning, "Audit entries can be written again; nothing mutating was let go for {Time}, and {Lost} entries that nobody waited for were lost")]
    public static partial void Resumed(ILogger logger, TimeSpan time, int lost);

    [LoggerMessage(1705, LogLevel.Error, "The audit log's second device could not be read: {Reason}")]
    public static partial void SpoolUnread(ILogger logger, string reason);
}
