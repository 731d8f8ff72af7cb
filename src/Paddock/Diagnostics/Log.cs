using Microsoft.Extensions.Logging;

namespace Paddock.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(5501, LogLevel.Warning, "The numbers of tasks could not be read for /metrics ({Reason}); the ones before stay for some minutes.")]
    public static partial void TaskMetricsNotRead(ILogger logger, string reason);
}
