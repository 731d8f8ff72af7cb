using Microsoft.Extensions.Logging;

namespace Paddock.Store.Approvals;

internal static partial class Log
{
    [LoggerMessage(1401, LogLevel.Warning, "Approvals could not be looked after ({Reason}); the next look comes in a second")]
    public static partial void NotLooked(ILogger logger, string reason);
}
