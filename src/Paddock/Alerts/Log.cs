using Microsoft.Extensions.Logging;

namespace Paddock.Alerts;

internal static partial class Log
{
    [LoggerMessage(5951, LogLevel.Warning, "Nobody could look whether there is an alert; the next look comes soon. {Reason}")]
    public static partial void AlertsNotLookedAt(ILogger logger, string reason);

    [LoggerMessage(5952, LogLevel.Warning, "Runs of runbooks could not be looked at; the next look comes soon. {Reason}")]
    public static partial void RunsNotLookedAt(ILogger logger, string reason);
}
