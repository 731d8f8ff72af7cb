using Microsoft.Extensions.Logging;

namespace Paddock.Store.Containments;

internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Warning, "Containments could not be loaded again ({Reason}); those of version {Version} hold on")]
    public static partial void NotLoaded(ILogger logger, string reason, long version);

    [LoggerMessage(1502, LogLevel.Error, "A subscriber to changes of containments failed")]
    public static partial void SubscriberFailed(ILogger logger, Exception fault);

    [LoggerMessage(1503, LogLevel.Warning, "{Count} containments are in force")]
    public static partial void StandAfterStart(ILogger logger, int count);

    [LoggerMessage(1504, LogLevel.Warning, "Containment {Containment} has expired; what it stopped goes on")]
    public static partial void Expired(ILogger logger, string containment);

    [LoggerMessage(1505, LogLevel.Warning, "Containments that expired could not be noted ({Reason}); the next look comes in a second")]
    public static partial void NotLooked(ILogger logger, string reason);
}
