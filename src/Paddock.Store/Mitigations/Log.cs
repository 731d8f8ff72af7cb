using Microsoft.Extensions.Logging;

namespace Paddock.Store.Mitigations;

internal static partial class Log
{
    [LoggerMessage(1921, LogLevel.Warning, "Mitigation {Mitigation} has run out of time; calls are served by the release again")]
    public static partial void Expired(ILogger logger, string mitigation);

    [LoggerMessage(1922, LogLevel.Warning, "Mitigations could not be looked at ({Reason}); the next look comes in half a second")]
    public static partial void NotLooked(ILogger logger, string reason);
}
