using Microsoft.Extensions.Logging;

namespace Paddock.Store.Audit.Tiles;

internal static partial class Log
{
    [LoggerMessage(1801, LogLevel.Critical, "The audit log is not signed any more: {Problem} Entries gather")]
    public static partial void Halted(ILogger logger, string problem);

    [LoggerMessage(1802, LogLevel.Error, "The audit log is not signed for now: {Problem} Entries gather")]
    public static partial void NotSigned(ILogger logger, string problem, Exception? fault);

    [LoggerMessage(1803, LogLevel.Information, "The audit log is signed again")]
    public static partial void SignedAgain(ILogger logger);
}
