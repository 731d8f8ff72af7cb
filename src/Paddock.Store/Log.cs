using Microsoft.Extensions.Logging;

namespace Paddock.Store;

internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Information, "The store was opened: schema {Version}, {Steps} steps applied")]
    public static partial void Opened(ILogger logger, int version, int steps);

    [LoggerMessage(1202, LogLevel.Warning, "The database did not answer ({Reason}); trying again for {Remaining}")]
    public static partial void DatabaseAway(ILogger logger, string reason, TimeSpan remaining);

    [LoggerMessage(1203, LogLevel.Information, "A snapshot of schema {Version} was written to {Path} before migrating")]
    public static partial void SnapshotTaken(ILogger logger, int version, string path);
}
