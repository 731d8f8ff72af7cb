using Microsoft.Extensions.Logging;

namespace Paddock.Store.Identity;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Warning, "The directory of principals and keys could not be loaded again; version {Version} is still used")]
    public static partial void DirectoryNotLoaded(ILogger logger, Exception fault, long version);

    [LoggerMessage(1102, LogLevel.Warning, "Last uses of {Count} keys could not be written; they are kept for the next time")]
    public static partial void UsesNotWritten(ILogger logger, Exception fault, int count);

    [LoggerMessage(1103, LogLevel.Error, "A subscriber to changes of the directory failed")]
    public static partial void SubscriberFailed(ILogger logger, Exception fault);

    [LoggerMessage(1104, LogLevel.Information, "The directory of principals and keys was loaded: version {Version}, {Principals} principals, {Keys} keys")]
    public static partial void DirectoryLoaded(ILogger logger, long version, int principals, int keys);
}
