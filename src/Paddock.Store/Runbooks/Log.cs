using Microsoft.Extensions.Logging;

namespace Paddock.Store.Runbooks;

internal static partial class Log
{
    [LoggerMessage(1931, LogLevel.Error, "Run {Run} is not one that this version reads, and is neither shown nor carried on; what it did ends by itself. {Reason}")]
    public static partial void RunNotRead(ILogger logger, string run, string reason);
}
